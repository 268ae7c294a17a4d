package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.EngagementTimes;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened to the showcase's issues: who got, read, refused and left them. */
@TestComponent
class ShowcaseHistory {

	private final Issues issues;

	private final Subscriptions subscriptions;

	private final Engagements engagements;

	private final LinkClicks clicks;

	private final EngagementTimes times;

	private final JdbcClient jdbc;

	ShowcaseHistory(Issues issues, Subscriptions subscriptions, Engagements engagements, LinkClicks clicks,
			EngagementTimes times, JdbcClient jdbc) {
		this.issues = issues;
		this.subscriptions = subscriptions;
		this.engagements = engagements;
		this.clicks = clicks;
		this.times = times;
		this.jdbc = jdbc;
	}

	/** As a relay left it: most accepted within 14 minutes, at three providers. */
	void sent(Newsletter weekly, String slug, String title, int weeksAgo) {
		Instant at = Instant.now()
			.truncatedTo(ChronoUnit.DAYS)
			.minus(Duration.ofDays(7L * weeksAgo - 6))
			.plusSeconds(8 * 3600);
		Issue issue = this.issues
			.importFile(weekly, slug + ".md",
					Showcase.MARKDOWN.formatted(title, LocalDate.ofInstant(at, ZoneOffset.UTC))
						.getBytes(StandardCharsets.UTF_8),
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
			.param("at", Showcase.utc(at))
			.param("end", Showcase.utc(at.plusSeconds(28 * 29)))
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
				""").param("at", Showcase.utc(at)).param("issue", issue.id()).update();
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
	void grew(Newsletter weekly) {
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
	void opened(Issue issue) {
		for (int reader = 1; reader <= Showcase.READERS; reader++) {
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
		spread(issue);
	}

	/**
	 * Most within hours, and fewer each hour; not all at the moment in which they were
	 * recorded.
	 */
	private void spread(Issue issue) {
		Instant begin = EngagementTimes.floor(this.times.begin(issue.id()).orElseThrow(), Duration.ofHours(1));
		List<EngagementTimes.Span> spans = this.times.of(issue.id());
		this.jdbc.sql("DELETE FROM engagement_time WHERE issue_id = ?").param(issue.id()).update();
		for (EngagementTimes.Span span : spans) {
			for (int reader = 0; reader < span.readers(); reader++) {
				int late = (reader * reader) % 1_290;
				int minutes = (span.actor() == Actor.MACHINE) ? reader % 40 : (late * (reader % 7)) / 6;
				this.jdbc.sql("""
						INSERT INTO engagement_time VALUES (:issue, :kind, :actor, :at, 60, 1, 1)
						ON DUPLICATE KEY UPDATE readers = readers + 1, events = events + 1
						""")
					.param("issue", issue.id())
					.param("kind", span.kind().name())
					.param("actor", span.actor().name())
					.param("at", begin.plus(Duration.ofMinutes(minutes)).getEpochSecond())
					.update();
			}
		}
	}

	void cameBack(Issue issue) {
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
				.param("now", Showcase.now())
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
			.param("now", Showcase.now())
			.update();
	}

	void left(Newsletter weekly, Issue issue) {
		for (int reader : List.of(40, 41, 77)) {
			this.subscriptions.unsubscribe(weekly.id(), reader,
					(reader == 77) ? ConsentSource.UNSUBSCRIBE_PAGE : ConsentSource.ONE_CLICK, issue.id());
		}
	}

	void suppressed() {
		for (int reader : List.of(5, 12)) {
			this.jdbc
				.sql("""
						INSERT INTO suppression (match_key, reason, evidence, since)
						SELECT match_key, 'HARD_BOUNCE', 'smtp; 550 5.1.1 no such account', :now FROM subscriber WHERE id = :reader
						""")
				.param("now", Showcase.now())
				.param("reader", reader)
				.update();
			this.jdbc
				.sql("""
						INSERT INTO suppression_change (match_key, suppressed, reason, evidence, by_whom, happened_at)
						SELECT match_key, 1, 'HARD_BOUNCE', 'smtp; 550 5.1.1 no such account', '', :now FROM subscriber WHERE id = :reader
						""")
				.param("now", Showcase.now())
				.param("reader", reader)
				.update();
		}
	}

}
