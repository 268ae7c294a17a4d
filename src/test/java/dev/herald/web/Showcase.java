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
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;
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

	private static final int READERS = 240;

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

	private static final String MARKDOWN = """
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

	private final Subscriptions subscriptions;

	private final Engagements engagements;

	private final LinkClicks clicks;

	private final DeliveryLinks links;

	private final SignUpTokens signUpTokens;

	private final RequestTokens requests;

	private final JdbcClient jdbc;

	private final Map<String, String> examples = new TreeMap<>();

	Showcase(Newsletters newsletters, Issues issues, SubscriberImport imports, Subscriptions subscriptions,
			Engagements engagements, LinkClicks clicks, DeliveryLinks links, SignUpTokens signUpTokens,
			RequestTokens requests, JdbcClient jdbc) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.imports = imports;
		this.subscriptions = subscriptions;
		this.engagements = engagements;
		this.clicks = clicks;
		this.links = links;
		this.signUpTokens = signUpTokens;
		this.requests = requests;
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
			sent(weekly, issue.getKey(), issue.getValue(), weeks--);
		}
		grew(weekly);
		Issue shown = this.issues.require(ISSUE, "weekly");
		opened(shown);
		cameBack(shown);
		left(weekly, shown);
		suppressed();
		written(admin, editor);
		planned(editor);
		own(admin);
		uploaded(admin);
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

	/** As a relay left it: most accepted within 14 minutes, at three providers. */
	private void sent(Newsletter weekly, String slug, String title, int weeksAgo) {
		Instant at = Instant.now()
			.truncatedTo(ChronoUnit.DAYS)
			.minus(Duration.ofDays(7L * weeksAgo - 6))
			.plusSeconds(8 * 3600);
		Issue issue = this.issues
			.importFile(weekly, slug + ".md",
					MARKDOWN.formatted(title, LocalDate.ofInstant(at, ZoneOffset.UTC)).getBytes(StandardCharsets.UTF_8),
					slug)
			.issue();
		this.jdbc
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, subscriptions, recipients,
					                  unconfirmed, unsubscribed, suppressed, paused, already_in_ledger, requested_by,
					                  created_at, started_at, finished_at)
					VALUES (:issue, :version, 'DONE', 0, :at, 'Asia/Shanghai', 240, 240, 0, 0, 0, 0, 0,
					        'ann@example.org', :at, :at, :end)
					""")
			.param("issue", issue.id())
			.param("version", issue.versionId())
			.param("at", utc(at))
			.param("end", utc(at.plusSeconds(28 * 29)))
			.update();
		long begun = Duration.between(Instant.parse("2020-01-01T00:00:00Z"), at).toSeconds();
		this.jdbc
			.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at, changed_at)
					SELECT :issue, s.id, (SELECT MAX(o.id) FROM send o),
					CASE WHEN MOD(s.id, 40) = 7 THEN 4 WHEN MOD(s.id, 80) = 5 THEN 5 ELSE 2 END,
					MOD(s.id, 3), 1, :begun, :begun, :begun + MOD(s.id * s.id, 29) * MOD(s.id, 30)
					FROM subscriber s JOIN subscription c ON c.subscriber_id = s.id AND c.newsletter_id = :newsletter
					""")
			.param("issue", issue.id())
			.param("newsletter", weekly.id())
			.param("begun", begun)
			.update();
		this.jdbc.sql("""
				INSERT INTO delivery_reply (issue_id, subscriber_id, code, status, reply, replied_at)
				SELECT issue_id, subscriber_id, 550, '5.7.1', '550 5.7.1 Message refused by the policy of the site', :at
				FROM delivery WHERE state = 4 AND issue_id = :issue
				""").param("at", utc(at)).param("issue", issue.id()).update();
		for (int provider = 1; provider <= 2; provider++) {
			this.jdbc
				.sql("""
						INSERT INTO send_traffic (send_id, provider, name, waiting, in_flight, accepted, deferred, rejected, state,
						                          updated_at)
						VALUES ((SELECT MAX(id) FROM send), :provider, :name, 0, 0, 70, 0, 2, '', '2026-11-24')
						""")
				.param("provider", provider)
				.param("name", (provider == 1) ? "gmail" : "outlook")
				.update();
		}
	}

	/** Week by week, not all at the import. */
	private void grew(Newsletter weekly) {
		int earlier = 0;
		for (int week = 9; week > 0; week--) {
			int joined = 12 + week * 7 % 16;
			earlier += joined;
			this.jdbc
				.sql("INSERT INTO subscription_day (newsletter_id, happened_on, joined, departed) VALUES (?, ?, ?, ?)")
				.params(weekly.id(), LocalDate.now(ZoneOffset.UTC).minusWeeks(week).toString(), joined, week % 4)
				.update();
			earlier -= week % 4;
		}
		this.jdbc.sql("UPDATE subscription_day SET joined = joined - ? WHERE newsletter_id = ? AND happened_on = ?")
			.params(earlier, weekly.id(), LocalDate.now(ZoneOffset.UTC).toString())
			.update();
	}

	/** Not by those who may not have got it: that would settle it. */
	private void opened(Issue issue) {
		for (int reader = 1; reader <= READERS; reader++) {
			DeliveryKey delivery = new DeliveryKey(issue.id(), reader);
			boolean accepted = reader % 40 != 5 && reader % 40 != 7;
			if (accepted && reader % 3 > 0) {
				this.engagements.record(delivery, EngagementKind.OPEN, (reader % 5 == 0) ? Actor.MACHINE : Actor.HUMAN);
			}
			if (accepted && reader % 6 == 1) {
				this.clicks.record(delivery,
						(reader % 4 == 1) ? "https://example.net/steam" : "https://example.org/kettles", Actor.HUMAN);
			}
		}
	}

	private void cameBack(Issue issue) {
		for (int reader : List.of(5, 12, 31)) {
			this.jdbc
				.sql("""
						INSERT INTO bounce (issue_id, subscriber_id, send_id, provider, report_sha256, bounce_class, status, action,
						                    reason, evidence, received_at)
						VALUES (:issue, :reader, (SELECT MAX(id) FROM send), 1, :sha, 'HARD', '5.1.1', 'failed', 'userunknown',
						        'smtp; 550 5.1.1 The email account that you tried to reach does not exist', :now)
						""")
				.param("issue", issue.id())
				.param("reader", reader)
				.param("sha", "%064d".formatted(reader))
				.param("now", now())
				.update();
		}
		this.jdbc.sql("""
				INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces, recipients, state)
				SELECT MAX(id), 2, '%s', ?, 31, 80, 'HELD' FROM send WHERE status = 'DONE' AND rehearsal = 0
				""".formatted("a".repeat(64)))
			.param("smtp; 550 5.7.606 Access denied, banned sending IP; to request removal see the site")
			.update();
		this.jdbc
			.sql("""
					INSERT INTO report_review (report_sha256, address, source, kind, bounce_class, status, action, reason, evidence,
					                           received_at)
					VALUES ('%s', 'mei12@example.org', 'bounces', 'BOUNCE', 'HARD', '5.1.1', 'failed', 'userunknown',
					        'smtp; 550 5.1.1 No such user here', :now)
					"""
				.formatted("b".repeat(64)))
			.param("now", now())
			.update();
	}

	private void left(Newsletter weekly, Issue issue) {
		for (int reader : List.of(40, 41, 77)) {
			this.subscriptions.unsubscribe(weekly.id(), reader,
					(reader == 77) ? ConsentSource.UNSUBSCRIBE_PAGE : ConsentSource.ONE_CLICK, issue.id());
		}
	}

	private void suppressed() {
		for (int reader : List.of(5, 12)) {
			this.jdbc
				.sql("""
						INSERT INTO suppression (match_key, reason, evidence, since)
						SELECT match_key, 'HARD_BOUNCE', 'smtp; 550 5.1.1 no such account', :now FROM subscriber WHERE id = :reader
						""")
				.param("now", now())
				.param("reader", reader)
				.update();
			this.jdbc
				.sql("""
						INSERT INTO suppression_change (match_key, suppressed, reason, evidence, by_whom, happened_at)
						SELECT match_key, 1, 'HARD_BOUNCE', 'smtp; 550 5.1.1 no such account', '', :now FROM subscriber WHERE id = :reader
						""")
				.param("now", now())
				.param("reader", reader)
				.update();
		}
	}

	private static String now() {
		return utc(Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

	private static String utc(Instant instant) {
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
