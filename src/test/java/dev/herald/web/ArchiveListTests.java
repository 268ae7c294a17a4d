package dev.herald.web;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.ArchiveDelay;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.Theme;
import dev.herald.newsletter.TrackingMode;
import dev.herald.schema.Utc;
import dev.herald.settings.Installation;

import static dev.herald.web.XmlElements.child;
import static dev.herald.web.XmlElements.children;
import static dev.herald.web.XmlElements.links;
import static dev.herald.web.XmlElements.parsed;
import static org.assertj.core.api.Assertions.assertThat;

/** What leads the public to issues: lists, a search, feeds, the sitemap. */
@WebTest
class ArchiveListTests {

	private static final String ATOM = "http://www.w3.org/2005/Atom";

	private static final List<String> ALL = List.of("/archive/weekly", "/archive/weekly/feed.atom",
			"/archive/weekly/feed.json");

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private Installation installation;

	@Autowired
	private JdbcClient jdbc;

	private Newsletter weekly;

	@BeforeEach
	void threeIssuesOfTwoYears() {
		for (String table : List.of("archived_issue", "delivery", "send", "issue_version", "issue", "newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.weekly = this.newsletters.create("weekly", settings(true, ArchiveDelay.NONE));
		send(1, "first.md", "# First & 5 < 6\n\nAbout Kettles, [here](/kettles), and a note[^1].\n\n[^1]: Note.",
				"2025-12-30T08:00:00Z");
		send(2, "第 300 期.md", "# 三百期\n\n本期介绍了烧水壶的历史。", "2026-01-06T08:00:00Z");
		send(3, "third.md", "# Third\n\nCafé, 100 % steam. ![A boiler](https://example.org/boiler.png)",
				"2026-01-13T08:00:00Z");
		this.issues.importFile(this.weekly, "unsent.md", "# Unsent\n\nSecret kettles".getBytes(StandardCharsets.UTF_8),
				null);
	}

	private static NewsletterSettings settings(boolean archived, ArchiveDelay delay) {
		return new NewsletterSettings("Tea & <Weekly>", Mailbox.parse("Ann <ann@example.org>"), null, Locale.ENGLISH,
				URI.create("https://tea.example/"), "1 Main St", Theme.DEFAULT, archived, false, TrackingMode.NONE,
				delay);
	}

	private void send(int id, String name, String markdown, String startedAt) {
		Issue issue = this.issues.importFile(this.weekly, name, markdown.getBytes(StandardCharsets.UTF_8), null)
			.issue();
		this.jdbc.sql("""
				INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by,
				                  created_at, started_at) VALUES (?, ?, ?, 'DONE', 0, ?, 'UTC', 'ann', ?, ?)
				""")
			.params(id, issue.id(), issue.versionId(), Utc.of(Instant.parse(startedAt)),
					Utc.of(Instant.parse(startedAt)), Utc.of(Instant.parse(startedAt)))
			.update();
		this.jdbc.sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at) VALUES (?, 1, ?, 2, 0, 1, 0, 0, 0)
				""").params(issue.id(), id).update();
	}

	private HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private List<String> titles(String query) {
		return Jsoup.parse(get("/archive/weekly" + query).body()).select(".issues a").eachText();
	}

	private List<String> found(String words) {
		return titles("?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	@Test
	void theLastYearIsShownAndTheOthersAreAStepAway() {
		HttpResponse<String> answer = get("/archive/weekly");
		Document page = Jsoup.parse(answer.body());
		assertThat(page.select(".issues a").eachText()).containsExactly("Third", "三百期");
		assertThat(page.select(".issues time").eachAttr("datetime")).containsExactly("2026-01-13", "2026-01-06");
		assertThat(page.select(".years a").eachAttr("href")).containsExactly("weekly?year=2025");
		assertThat(page.select("[aria-current]").text()).isEqualTo("2026");
		assertThat(titles("?year=2025")).containsExactly("First & 5 < 6");
		assertThat(titles("?year=1999")).isEmpty();
		assertThat(titles("?year=%27")).as("no year is the last").hasSize(2);
		String slug = page.select(".issues a").get(1).attr("href");
		assertThat(get("/archive/" + slug).body()).contains("<h1>三百期</h1>", "href=\"../weekly\"");
		assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'", "form-action 'self'");
		assertThat(header(answer, "Set-Cookie")).isEmpty();
		assertThat(answer.body()).doesNotContain("Unsent");
	}

	@Test
	void aSearchLooksInTitlesAndTextsOfAllScripts() {
		assertThat(found("KETTLES")).containsExactly("First & 5 < 6");
		assertThat(found("kettles note")).containsExactly("First & 5 < 6");
		assertThat(found("kettles steam")).as("all words").isEmpty();
		assertThat(found("烧水壶")).containsExactly("三百期");
		assertThat(found("三百")).containsExactly("三百期");
		assertThat(found("cafe")).containsExactly("Third");
		assertThat(found("ＣＡＦÉ")).as("wide letters").containsExactly("Third");
		assertThat(found("%")).as("no wildcard").containsExactly("Third");
		assertThat(found("_")).isEmpty();
		assertThat(found("' OR '1'='1")).isEmpty();
		assertThat(found("secret")).as("not sent").isEmpty();
		assertThat(found("  ")).as("no search").hasSize(2);
		HttpResponse<String> none = get("/archive/weekly?q=%3Cscript%3Ealert(1)%3C/script%3E" + "x".repeat(500));
		assertThat(none.statusCode()).isEqualTo(200);
		assertThat(none.body()).contains("No issue has").doesNotContain("<script");
	}

	@Test
	void whatIsFoundGoesOnPageByPage() {
		for (int i = 10; i < 70; i++) {
			send(i, "more" + i + ".md", "# More " + i + "\n\nRepeated.", "2026-02-01T08:%02d:00Z".formatted(i - 10));
		}
		Document page = Jsoup.parse(get("/archive/weekly?q=repeated").body());
		assertThat(page.select(".issues a")).hasSize(50);
		assertThat(page.select("[role=status]").text()).startsWith("60 issues");
		assertThat(titles(page.select("a[href*=skip]").attr("href").replace("weekly", ""))).containsExactlyElementsOf(
				IntStream.iterate(19, (i) -> i - 1).limit(10).mapToObj((i) -> "More " + i).toList());
		assertThat(titles("?q=repeated&skip=999999")).isEmpty();
	}

	@Test
	void anIssueIsFoundByTheVersionThatWasSentLast() {
		assertThat(found("kettles")).hasSize(1);
		this.jdbc.sql("""
				INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at)
				SELECT issue_id, 2, file_name, ?, sha256, created_at FROM issue_version WHERE file_name = 'first.md'
				""").param("# Corrected\n\nTeapots.".getBytes(StandardCharsets.UTF_8)).update();
		assertThat(found("teapots")).isEmpty();
		this.jdbc.sql("UPDATE send SET issue_version_id = (SELECT MAX(id) FROM issue_version) WHERE id = 1").update();
		assertThat(found("teapots")).containsExactly("Corrected");
		assertThat(found("kettles")).isEmpty();
	}

	@Test
	void theAtomFeedIsAsItsStandardWantsIt() throws Exception {
		HttpResponse<String> answer = get("/archive/weekly/feed.atom");
		assertThat(header(answer, "Content-Type")).isEqualTo("application/atom+xml;charset=UTF-8");
		assertThat(AtomRules.broken(answer.body().getBytes(StandardCharsets.UTF_8))).isEmpty();
		Element feed = parsed(answer.body());
		assertThat(feed.getNamespaceURI() + " " + feed.getLocalName()).isEqualTo(ATOM + " feed");
		assertThat(child(feed, "title")).isEqualTo("Tea & <Weekly>");
		assertThat(child(feed, "id")).isEqualTo(base() + "/archive/weekly");
		assertThat(OffsetDateTime.parse(child(feed, "updated"))).isEqualTo("2026-01-13T08:00:00Z");
		assertThat(child(feed, "author").strip()).isEqualTo("Ann");
		assertThat(links(feed)).contains("self " + base() + "/archive/weekly/feed.atom",
				"alternate " + base() + "/archive/weekly");
		NodeList entries = feed.getElementsByTagNameNS(ATOM, "entry");
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < entries.getLength(); i++) {
			Element entry = (Element) entries.item(i);
			ids.add(child(entry, "id"));
			assertThat(child(entry, "title")).isNotBlank();
			assertThat(OffsetDateTime.parse(child(entry, "updated")))
				.isEqualTo(OffsetDateTime.parse(child(entry, "published")));
			assertThat(links(entry)).containsExactly("alternate " + child(entry, "id"));
			Document content = Jsoup.parseBodyFragment(child(entry, "content"));
			assertThat(content.select("[href], [src]"))
				.allSatisfy((element) -> assertThat(element.attr("href") + element.attr("src")).matches("https?://.*"));
		}
		assertThat(ids).containsExactly(base() + "/archive/weekly/third",
				base() + "/archive/weekly/%E7%AC%AC-300-%E6%9C%9F", base() + "/archive/weekly/first");
		Element first = (Element) entries.item(2);
		assertThat(child(first, "title")).isEqualTo("First & 5 < 6");
		assertThat(child(first, "content")).contains("About Kettles", "href=\"https://tea.example/kettles\"",
				base() + "/archive/weekly/first#fn");
	}

	private String base() {
		return this.installation.baseUrl().toString();
	}

	@Test
	void theJsonFeedIsAsItsStandardWantsIt() {
		HttpResponse<String> answer = get("/archive/weekly/feed.json");
		assertThat(header(answer, "Content-Type")).isEqualTo("application/feed+json");
		assertThat(JsonFeedRules.broken(answer.body().getBytes(StandardCharsets.UTF_8))).isEmpty();
		JsonNode feed = JsonMapper.builder().build().readTree(answer.body());
		assertThat(feed.get("version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
		assertThat(feed.get("title").asString()).isEqualTo("Tea & <Weekly>");
		assertThat(feed.get("home_page_url").asString()).isEqualTo(base() + "/archive/weekly");
		assertThat(feed.get("feed_url").asString()).isEqualTo(base() + "/archive/weekly/feed.json");
		assertThat(feed.get("language").asString()).isEqualTo("en");
		assertThat(feed.get("items")).hasSize(3);
		List<String> ids = new ArrayList<>();
		for (JsonNode item : feed.get("items")) {
			ids.add(item.get("id").asString());
			assertThat(item.get("content_html").asString()).isNotBlank();
			assertThat(item.get("title").asString()).isNotBlank();
		}
		assertThat(ids).as("JSON Feed 1.1: an id is an item's own").doesNotHaveDuplicates().hasSize(3);
		JsonNode third = feed.get("items").get(0);
		assertThat(third.get("id").asString()).isEqualTo(base() + "/archive/weekly/third")
			.isEqualTo(third.get("url").asString());
		assertThat(third.get("content_html").asString()).contains("100 % steam",
				"src=\"https://example.org/boiler.png\"");
		assertThat(OffsetDateTime.parse(third.get("date_published").asString())).isEqualTo("2026-01-13T08:00:00Z");
	}

	@Test
	void feedsOfHostileTextsBreakNoRule() throws Exception {
		String hostile = "]]> &amp;nbsp; <script>alert(1)</script> \u0007\u202e\ufffe \ud83d\ude00 \"' {\"a\":1}";
		this.jdbc.sql("UPDATE newsletter SET name = ?, sender_name = ?").params(hostile, hostile).update();
		send(4, "hostile.md",
				"# ]]> `</title>` &nbsp; <b>&#0;&#x8;\u202e\ud83d\ude00\n\n]]>\n\n<![CDATA[ x ]]>\n\n&#xFFFE;",
				"2026-01-20T08:00:00Z");
		String atom = get("/archive/weekly/feed.atom").body();
		assertThat(AtomRules.broken(atom.getBytes(StandardCharsets.UTF_8))).isEmpty();
		assertThat(JsonFeedRules.broken(get("/archive/weekly/feed.json").body().getBytes(StandardCharsets.UTF_8)))
			.isEmpty();
		assertThat(child(parsed(atom), "title")).startsWith("]]> &amp;nbsp; <script>alert(1)</script>")
			.contains("\ud83d\ude00");
		assertThat(child(children(parsed(atom), "entry").get(0), "title")).startsWith("]]> </title>");
	}

	@Test
	void feedsOfNothingBreakNoRuleAndThereIsNoSitemap() throws Exception {
		this.jdbc.sql("DELETE FROM delivery").update();
		String atom = get("/archive/weekly/feed.atom").body();
		assertThat(AtomRules.broken(atom.getBytes(StandardCharsets.UTF_8))).isEmpty();
		assertThat(children(parsed(atom), "entry")).isEmpty();
		String json = get("/archive/weekly/feed.json").body();
		assertThat(JsonFeedRules.broken(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
		assertThat(json).contains("\"items\":[]");
		assertThat(get("/sitemap.xml").statusCode()).as("a sitemap has an address at least").isEqualTo(404);
		assertThat(get("/robots.txt").body()).doesNotContain("Sitemap");
	}

	@Test
	void whoHasAFeedOrAListIsToldSoWithoutIt() {
		for (String path : List.of("/archive/weekly", "/archive/weekly/feed.atom", "/archive/weekly/feed.json",
				"/sitemap.xml", "/robots.txt")) {
			HttpResponse<String> answer = get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			assertThat(header(answer, "Cache-Control")).as(path).isEqualTo("max-age=60, public");
			assertThat(get(path, "If-None-Match", header(answer, "ETag")).statusCode()).as(path).isEqualTo(304);
		}
		String before = header(get("/archive/weekly/feed.atom"), "ETag");
		send(4, "fourth.md", "# Fourth\n\nText", "2026-01-20T08:00:00Z");
		assertThat(get("/archive/weekly/feed.atom", "If-None-Match", before).body()).contains("Fourth");
	}

	@Test
	void theSitemapHasAllThatIsPublic() throws Exception {
		String xml = get("/sitemap.xml").body();
		SchemaFactory.newDefaultInstance()
			.newSchema(ArchiveListTests.class.getResource("sitemap.xsd"))
			.newValidator()
			.validate(new StreamSource(new StringReader(xml)));
		Element map = parsed(xml);
		assertThat(map.getNamespaceURI()).isEqualTo("http://www.sitemaps.org/schemas/sitemap/0.9");
		assertThat(children(map, "url").stream().map((url) -> child(url, "loc") + " " + child(url, "lastmod")))
			.containsExactly(base() + "/archive/weekly 2026-01-13", base() + "/archive/weekly/third 2026-01-13",
					base() + "/archive/weekly/%E7%AC%AC-300-%E6%9C%9F 2026-01-06",
					base() + "/archive/weekly/first 2025-12-30");
		assertThat(get("/robots.txt").body()).contains("Sitemap: " + base() + "/sitemap.xml\n");
	}

	@Test
	void aPrivateArchiveHasNothingForAnybody() {
		this.newsletters.change("weekly", settings(false, ArchiveDelay.NONE));
		String unknown = get("/archive/nothing").body();
		assertThat(unknown).contains("There is no such page");
		for (String path : ALL) {
			HttpResponse<String> answer = get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(404);
			assertThat(answer.body()).as(path).isEqualTo(unknown);
			assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
		}
		assertThat(get("/sitemap.xml").body()).doesNotContain("weekly");
	}

	@Test
	void aDelayedArchiveComesLaterAndItsIssuesWithIt() {
		send(4, "new.md", "# New\n\nText", Instant.now().minus(Duration.ofHours(30)).toString());
		assertThat(get("/archive/weekly/new").statusCode()).isEqualTo(200);
		assertThat(found("text")).containsExactly("New");
		this.newsletters.change("weekly", settings(true, ArchiveDelay.of("2d")));
		assertThat(get("/archive/weekly/new").statusCode()).isEqualTo(404);
		assertThat(get("/archive/weekly/third").statusCode()).isEqualTo(200);
		assertThat(found("text")).as("the index knows it still").isEmpty();
		for (String path : List.of("/archive/weekly", "/archive/weekly/feed.atom", "/archive/weekly/feed.json",
				"/sitemap.xml")) {
			assertThat(get(path).body()).as(path).doesNotContain("New", "weekly/new");
		}
		this.newsletters.change("weekly", settings(true, ArchiveDelay.of("24h")));
		assertThat(get("/archive/weekly/new").statusCode()).isEqualTo(200);
		assertThat(get("/archive/weekly/feed.json").body()).contains("weekly/new");
	}

	@Test
	void aLinkToAnIssueShowsWhatItIs() {
		Document page = Jsoup.parse(get("/archive/weekly/third").body());
		assertThat(page.select("meta[property=og:title]").attr("content")).isEqualTo("Third");
		assertThat(page.select("meta[property=og:type]").attr("content")).isEqualTo("article");
		assertThat(page.select("meta[property=og:url]").attr("content"))
			.isEqualTo(page.select("link[rel=canonical]").attr("href"))
			.isEqualTo(base() + "/archive/weekly/third");
		assertThat(page.select("meta[property=og:site_name]").attr("content")).isEqualTo("Tea & <Weekly>");
		assertThat(page.select("meta[property=og:image]").attr("content")).isEqualTo("https://example.org/boiler.png");
		assertThat(page.select("link[rel=alternate]").eachAttr("href"))
			.containsExactly(base() + "/archive/weekly/feed.atom", base() + "/archive/weekly/feed.json");
		assertThat(Jsoup.parse(get("/archive/weekly/nothing").body()).select("meta[property]")).isEmpty();
	}

}
