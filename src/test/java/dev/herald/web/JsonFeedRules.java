package dev.herald.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds a feed against JSON Feed 1.1 (jsonfeed.org). */
final class JsonFeedRules {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final Set<String> FEED = Set.of("version", "title", "home_page_url", "feed_url", "description",
			"user_comment", "next_url", "icon", "favicon", "authors", "language", "expired", "hubs", "items");

	private static final Set<String> ITEM = Set.of("id", "url", "external_url", "title", "content_html", "content_text",
			"summary", "image", "banner_image", "date_published", "date_modified", "authors", "tags", "language",
			"attachments");

	private static final Set<String> AUTHOR = Set.of("name", "url", "avatar");

	private static final Set<String> ADDRESSES = Set.of("home_page_url", "feed_url", "next_url", "icon", "favicon",
			"url", "external_url", "image", "banner_image", "avatar");

	private final List<String> broken = new ArrayList<>();

	private JsonFeedRules() {
	}

	/**
	 * @return what is not as the standard wants it; empty: nothing
	 */
	static List<String> broken(byte[] document) {
		JsonFeedRules rules = new JsonFeedRules();
		try {
			rules.feed(STRICT.readTree(document));
		}
		catch (JacksonException ex) {
			rules.broken.add("no JSON: " + ex.getMessage());
		}
		return rules.broken;
	}

	private void feed(JsonNode feed) {
		fields(feed, FEED, "feed");
		check("https://jsonfeed.org/version/1.1".equals(text(feed, "version")), "the version");
		check(!text(feed, "title").isBlank(), "a feed without a title");
		check(feed.path("items").isArray(), "a feed without items");
		check(!feed.has("feed_url") || !text(feed, "feed_url").equals(text(feed, "home_page_url")),
				"the feed is its own home page");
		authors(feed);
		Set<String> ids = new HashSet<>();
		for (JsonNode item : feed.path("items")) {
			item(item);
			check(ids.add(text(item, "id")), "two items of one id");
		}
	}

	private void item(JsonNode item) {
		fields(item, ITEM, "item");
		check(!text(item, "id").isEmpty(), "an item without an id that is a text");
		check(item.has("content_html") || item.has("content_text"), "an item without content");
		for (String field : List.of("date_published", "date_modified")) {
			check(!item.has(field) || AtomRules.isDate(text(item, field)), field + " " + text(item, field));
		}
		authors(item);
	}

	private void authors(JsonNode parent) {
		for (JsonNode author : parent.path("authors")) {
			fields(author, AUTHOR, "author");
			check(author.size() > 0, "an author of nothing");
		}
		check(!parent.has("authors") || (parent.get("authors").isArray() && !parent.get("authors").isEmpty()),
				"authors that are no list");
	}

	/**
	 * What is not in the standard begins with a line; addresses are whole; nothing is
	 * null.
	 */
	private void fields(JsonNode object, Set<String> known, String what) {
		check(object.isObject(), what + " is no object");
		object.properties().forEach((field) -> {
			String name = field.getKey();
			JsonNode value = field.getValue();
			check(known.contains(name) || name.startsWith("_"), what + " has " + name);
			check(value.isString() || value.isArray() || name.startsWith("_") || name.equals("expired"),
					what + ": " + name + " is " + value.getNodeType());
			check(!ADDRESSES.contains(name) || AtomRules.isAbsolute(value.asString("")), name + " " + value);
			check(!name.equals("language") || AtomRules.isLanguage(value.asString("")), "language " + value);
		});
	}

	private static String text(JsonNode object, String field) {
		return object.path(field).isString() ? object.get(field).stringValue() : "";
	}

	private void check(boolean right, String wrong) {
		if (!right) {
			this.broken.add(wrong);
		}
	}

}
