package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.RequestTokens;
import dev.herald.tracking.SignUpTokens;
import dev.herald.web.Browser.Page;
import org.awaitility.Awaitility;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An installation some weeks old, in which every page has something to show: a newsletter
 * weekly with 240 readers, seven issues sent and one being written, and a Chinese one
 * whose issue was rehearsed.
 */
@TestComponent
class Showcase {

	static final String ISSUE = "kettles";

	static final int READERS = 240;

	private static final String[] FIRST = { "Mei", "Anna", "Jonas", "Li", "Amara", "Tomás", "Ines", "Wei", "Noor",
			"Oskar", "Yuki", "Elena" };

	private static final String[] LAST = { "Chen", "Berg", "Okafor", "Lindqvist", "García", "Wang", "Haddad", "Novak",
			"Sato", "Murphy", "Kowalska" };

	private static final String[] DOMAINS = { "example.org", "example.net", "example.com" };

	/** The oldest first; the last is the one that pages show. */
	private static final Map<String, String> SENT = new TreeMap<>(
			Map.of("a-first-letter", "A first letter", "b-on-spouts", "On spouts", "c-the-whistle",
					"Who invented the whistle", "d-limescale", "Limescale, and other stories", "e-induction",
					"Induction, five years on", "f-tea-towels", "In praise of tea towels", ISSUE, "Kettles are back"));

	static final String MARKDOWN = """
			---
			title: %s
			date: %s
			---
			Copper is in the shops again, louder than ever, and this letter is about little else.

			## News

			[Kettles are back](https://example.org/kettles) | example.org

			Three makers have gone back to copper. It costs twice as much and lasts four times as long.

			[A museum of steam](https://example.net/steam) | example.net

			Open on Sundays, with a shop.

			## From the readers

			> Mine has whistled since 1974, and I would not change it.

			Write to us: we print the best letters.
			""";

	private final Newsletters newsletters;

	private final Issues issues;

	private final SubscriberImport imports;

	private final DeliveryLinks links;

	private final SignUpTokens signUpTokens;

	private final RequestTokens requests;

	private final ShowcaseHistory history;

	private final JdbcClient jdbc;

	private final Map<String, String> examples = new TreeMap<>();

	Showcase(Newsletters newsletters, Issues issues, SubscriberImport imports, DeliveryLinks links,
			SignUpTokens signUpTokens, RequestTokens requests, ShowcaseHistory history, JdbcClient jdbc) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.imports = imports;
		this.links = links;
		this.signUpTokens = signUpTokens;
		this.requests = requests;
		this.history = history;
		this.jdbc = jdbc;
	}

	/**
	 * @param admin signed in, as is the editor
	 * @return by the pattern of a route an address at which it shows something
	 */
	Map<String, String> fill(Browser admin, Browser editor, Path folder) throws IOException {
		Newsletter weekly = newsletter("weekly", "The Copper Weekly", Locale.ENGLISH, folder, READERS);
		int rehearsed = rehearse(admin, folder);
		int weeks = SENT.size();
		for (Map.Entry<String, String> issue : SENT.entrySet()) {
			this.history.sent(weekly, issue.getKey(), issue.getValue(), weeks--);
		}
		this.history.grew(weekly);
		Issue shown = this.issues.require(ISSUE, "weekly");
		this.history.opened(shown);
		this.history.cameBack(shown);
		this.history.left(weekly, shown);
		this.history.suppressed();
		written(admin, editor);
		planned(editor);
		own(admin);
		uploaded(admin);
		parted(editor);
		this.examples.put("/newsletters/{key}/issues/{slug}/send",
				"/newsletters/weekly/issues/spouts-again/send?when=now");
		this.examples.put("/newsletters/{key}/issues/{slug}/deliveries", path(ISSUE) + "/deliveries?state=uncertain");
		this.examples.put("/newsletters/{key}/issues/{slug}/deliveries/export",
				path(ISSUE) + "/deliveries/export?state=uncertain");
		this.examples.put("/newsletters/{key}/issues/{slug}/edit", "/newsletters/weekly/issues/spouts-again/edit");
		this.examples.put("/newsletters/{key}/issues/{slug}/history",
				"/newsletters/weekly/issues/spouts-again/history");
		this.examples.put("/subscribers", "/subscribers?q=mei");
		this.examples.put("/subscribers/{id}", "/subscribers/5");
		joined(weekly);
		this.examples.put("/u/{token}", this.links.unsubscribe(new DeliveryKey(shown.id(), 9)).getPath());
		asked(weekly);
		mails(admin, rehearsed);
		return this.examples;
	}

	private void joined(Newsletter weekly) {
		this.jdbc
			.sql("INSERT INTO sign_up_form (newsletter_id, offered, agreement, welcome) VALUES (?, 1, ?, 'LETTER')")
			.params(weekly.id(), "I want The Copper Weekly by email, every Tuesday. I can leave when I like.")
			.update();
		this.jdbc.sql("""
				INSERT INTO sign_up (id, newsletter_id, address, match_key, name, language, form, agreement_sha256,
				                     state, asked_at, offered_at)
				VALUES (1, ?, 'joan@example.net', 'joan@example.net', 'Joan', 'en', 'page', '', 'OFFERED',
				        '2026-11-01 08:00:00', '2099-01-01 08:00:00')
				""").param(weekly.id()).update();
		this.examples.put("/confirm/{token}", "/confirm/" + this.signUpTokens.confirmation(1));
	}

	private static String path(String slug) {
		return "/newsletters/weekly/issues/" + slug;
	}

	private Newsletter newsletter(String key, String name, Locale language, Path folder, int readers)
			throws IOException {
		Newsletter newsletter = this.newsletters.create(key,
				new NewsletterSettings(name, Mailbox.parse(name + " <" + key + "@example.org>"), null, language, null,
						"1 Kettle Street, Copperton"));
		StringBuilder csv = new StringBuilder("email,name\n");
		for (int i = 1; i <= readers; i++) {
			String first = FIRST[i % FIRST.length];
			csv.append(first.toLowerCase(Locale.ROOT).replace("á", "a"))
				.append(i)
				.append('@')
				.append(DOMAINS[i % DOMAINS.length])
				.append(',')
				.append(first)
				.append(' ')
				.append(LAST[i % LAST.length])
				.append('\n');
		}
		Path file = Files.writeString(folder.resolve(key + ".csv"), csv);
		this.imports.run(file, newsletter, folder.resolve(key + "-rejects.csv"), false);
		return newsletter;
	}

	/** By the path of a send, so that the mailbox has mails. */
	private int rehearse(Browser admin, Path folder) throws IOException {
		Newsletter chinese = newsletter("zhoubao", "铜壶周刊", Locale.SIMPLIFIED_CHINESE, folder, 12);
		this.issues.importFile(chinese, "first.md",
				"# 铜壶回来了\n\n## 新闻\n\n[铜壶回来了](https://example.org/kettles) | example.org\n\n比以前更响。\n"
					.getBytes(StandardCharsets.UTF_8),
				"first");
		String issue = "/newsletters/zhoubao/issues/first";
		String seen = admin.get(issue + "/send?when=now").html().select("input[name=seen]").attr("value");
		Page watch = admin.post(issue + "/sends", Map.of("seen", seen));
		return Integer.parseInt(watch.location().replaceAll(".*/", ""));
	}

	private void mails(Browser admin, int send) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.jdbc.sql("SELECT status FROM send WHERE id = ?").param(send).query(String.class).single(),
					"DONE"::equals);
		first(admin, "/mailbox", "/mailbox/{id}");
		first(admin, "/suppressions", "/suppressions/{id}");
		first(admin, "/review", "/review/waves/{id}");
		first(admin, "/jobs", "/jobs/{id}");
		first(admin, "/relays", "/relays/limit");
	}

	/** What the list leads to first. */
	private void first(Browser admin, String list, String route) {
		String beginning = route.replaceFirst("\\{.*", "");
		String found = admin.get(list).html().select("main a[href^='" + beginning + "']").attr("href");
		if (!found.isEmpty()) {
			this.examples.put(route, found);
		}
	}

	static String now() {
		return utc(Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

	static String utc(Instant instant) {
		return instant.toString().replace('T', ' ').replace("Z", "");
	}

	/** An issue with three versions, and a draft of its editor's. */
	private void written(Browser admin, Browser editor) {
		String issue = path("spouts-again");
		admin.get("/newsletters/weekly");
		admin.post("/newsletters/weekly/begin", Map.of("title", "Spouts again"));
		save(admin, issue, "# Spouts again\n\nA spout is half of a kettle.\n");
		save(admin, issue,
				"# Spouts again\n\nA spout is half of a kettle: the better half, see [why](http://example.org/why).\n");
		Page page = editor.get(issue + "/edit");
		editor.post(issue + "/edit/draft", Map.of("text",
				"# Spouts again\n\nA spout is more than half of a kettle, see [why](http://example.org/why).\n\n## Letters\n\nNone yet.\n",
				"basedOn", page.html().select("input[name=basedOn]").attr("value")));
	}

	private static void save(Browser browser, String issue, String text) {
		Page page = browser.get(issue + "/edit");
		browser.post(issue + "/edit",
				Map.of("text", text, "basedOn", page.html().select("input[name=basedOn]").attr("value")));
	}

	private void planned(Browser editor) {
		this.examples.put("/newsletters/{key}/issues/{slug}/sends/{id}", path(ISSUE) + "/sends/"
				+ this.jdbc.sql("SELECT MAX(id) FROM send WHERE issue_id = (SELECT id FROM issue WHERE slug = ?)")
					.param(ISSUE)
					.query(Integer.class)
					.single());
		editor.upload("/newsletters/weekly/issues", "next.md",
				MARKDOWN.formatted("Kettles to come", LocalDate.now(ZoneOffset.UTC).plusDays(3))
					.getBytes(StandardCharsets.UTF_8),
				Map.of("slug", "next"));
		String issue = path("next");
		String seen = editor.get(issue + "/send?when=now").html().select("input[name=seen]").attr("value");
		Page planned = editor.post(issue + "/sends", Map.of("seen", seen, "zone", "Asia/Shanghai", "due",
				Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(3)).toString()));
		for (String act : List.of("/approval", "/move")) {
			this.examples.put("/newsletters/{key}/issues/{slug}/sends/{id}" + act, planned.location() + act);
		}
	}

	private void asked(Newsletter weekly) {
		this.jdbc
			.sql("""
					INSERT INTO reader_request (id, kind, subscriber_id, newsletter_id, address, match_key, language, asked_at,
					                            expires_at)
					SELECT 1, 'ERASE', id, :newsletter, address, match_key, 'en', :now, '2099-01-01 00:00:00'
					FROM subscriber WHERE id = 9
					""")
			.param("newsletter", weekly.id())
			.param("now", now())
			.update();
		this.examples.put("/u/{token}/request", "/u/" + this.requests.write(1) + "/request");
	}

	private void parted(Browser editor) {
		editor.get("/newsletters/weekly/new-segment");
		editor.post("/newsletters/weekly/new-segment",
				Map.of("name", "New in English", "match", "all", "test.0", "SUBSCRIBED_WITHIN", "value.0", "90",
						"match.1", "any", "test.1.0", "LANGUAGE_IS", "value.1.0", "en", "test.1.1", "PROVIDER_IS",
						"value.1.1", "gmail"));
		editor.post("/newsletters/weekly/new-segment", Map.of("name", "Away from the large providers", "match", "none",
				"test.0", "PROVIDER_IS", "value.0", "gmail, outlook"));
		this.examples.put("/newsletters/{key}/segments/{id}", "/newsletters/weekly/segments/new-in-english");
	}

	private static void own(Browser admin) {
		admin.get("/account");
		admin.post("/account/tokens", Map.of("name", "dashboard", "days", "30"));
	}

	private void uploaded(Browser admin) {
		admin.get("/newsletters/weekly/subscribers");
		String csv = "email,name\nnew1@example.org,Ada\nnew2@example.org,Ben\nno address,Cyd\n";
		String path = admin
			.upload("/newsletters/weekly/subscribers/imports", "readers.csv", csv.getBytes(StandardCharsets.UTF_8),
					Map.of())
			.location();
		Awaitility.await().until(() -> !admin.get(path).body().contains("hx-get"));
		this.examples.put("/newsletters/{key}/subscribers/imports/{id}", path);
	}

}
