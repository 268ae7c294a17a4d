package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds feeds against their standards finds what is wrong with one. */
class FeedRulesTests {

	/** The example of RFC 4287 section 1.1, in other words, and with a link to itself. */
	private static final String ATOM = """
			<?xml version="1.0" encoding="utf-8"?>
			<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Kettles</title>
			<link rel="self" href="https://example.org/feed.atom"/><updated>2026-01-13T08:00:00Z</updated>
			<author><name>Ann</name></author><id>https://example.org/</id>
			<entry><title>First</title><link href="https://example.org/1"/><id>https://example.org/1</id>
			<updated>2026-01-13T08:00:00Z</updated><content type="html">&lt;p&gt;Hello</content></entry></feed>
			""";

	private static final String JSON = """
			{"version":"https://jsonfeed.org/version/1.1","title":"Kettles","home_page_url":"https://example.org/",
			"feed_url":"https://example.org/feed.json","items":[{"id":"https://example.org/1","content_html":"<p>Hello",
			"date_published":"2026-01-13T08:00:00Z"}]}""";

	private static List<String> atom(String was, String becomes) {
		assertThat(ATOM).contains(was);
		return AtomRules.broken(ATOM.replace(was, becomes).getBytes(StandardCharsets.UTF_8));
	}

	private static List<String> json(String was, String becomes) {
		assertThat(JSON).contains(was);
		return JsonFeedRules.broken(JSON.replace(was, becomes).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aFeedThatIsRightBreaksNothing() {
		assertThat(atom("", "")).isEmpty();
		assertThat(json("", "")).isEmpty();
	}

	@Test
	void eachRuleOfAtomIsFoundBroken() {
		assertThat(atom("</feed>", "")).singleElement().asString().contains("not well-formed");
		assertThat(atom("<title>Kettles</title>", "")).containsExactly("4.1: feed has 0 of title");
		assertThat(atom("<author><name>Ann</name></author>", "")).hasSize(1);
		assertThat(atom("<name>Ann</name>", "<name> </name>")).containsExactly("3.2.1: a person without a name");
		assertThat(atom("<id>https://example.org/1</id>", "<id>https://example.org/</id>"))
			.containsExactly("4.2.6: twice the id https://example.org/");
		assertThat(atom("<id>https://example.org/1</id>", "<id>/1</id>")).containsExactly("4.2.6: id /1");
		assertThat(atom("href=\"https://example.org/1\"", "href=\"/1\"")).containsExactly("4.2.7.1: href /1");
		assertThat(atom("href=\"https://example.org/1\"", "href=\"https://example.org/第\"")).hasSize(1);
		assertThat(atom("<author>", "<updated>2026-01-13T08:00:00Z</updated><author>"))
			.containsExactly("4.1: feed has 2 of updated");
		assertThat(atom("<updated>2026-01-13T08:00:00Z</updated><content", "<updated>2026-01-13</updated><content"))
			.containsExactly("3.3: updated 2026-01-13");
		assertThat(atom("<author>", "<pubDate>now</pubDate><author>")).containsExactly("4: pubDate in feed");
		assertThat(atom("xml:lang=\"en\"", "xml:lang=\"en_GB\"")).containsExactly("2: language en_GB");
		assertThat(atom("type=\"html\"", "type=\"HTML page\"")).hasSize(1);
		assertThat(atom("rel=\"self\"", "rel=\"alternate\"")).containsExactly("4.1.1: no link to itself");
	}

	@Test
	void eachRuleOfJsonFeedIsFoundBroken() {
		assertThat(json("\"}]}", "\"}]")).singleElement().asString().startsWith("no JSON");
		assertThat(json("1.1", "1")).containsExactly("the version");
		assertThat(json("\"title\":\"Kettles\",", "")).containsExactly("a feed without a title");
		assertThat(json("\"https://example.org/1\"", "1")).hasSize(2);
		assertThat(json("\"content_html\":\"<p>Hello\",", "")).containsExactly("an item without content");
		assertThat(json("\"content_html\"", "\"content\"")).contains("item has content");
		assertThat(json("\"Kettles\"", "null")).contains("feed: title is NULL");
		assertThat(json("\"2026-01-13T08:00:00Z\"", "\"13 Jan 2026\"")).containsExactly("date_published 13 Jan 2026");
		assertThat(json("\"https://example.org/feed.json\"", "\"/feed.json\""))
			.containsExactly("feed_url \"/feed.json\"");
		assertThat(json("\"items\"", "\"authors\":[{}],\"items\"")).containsExactly("an author of nothing");
	}

}
