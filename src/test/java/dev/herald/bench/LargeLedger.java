package dev.herald.bench;

import java.time.Instant;
import java.util.List;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Actor;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.LinkClicks;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A ledger of many issues that were all sent to the same readers, written by INSERT …
 * SELECT on the MySQL protocol: of each, 98 % accepted over half an hour, 1 % rejected,
 * the rest expired or skipped, a handful uncertain; one in two hundred bounced, one in a
 * thousand left; clicks of all actors on thirty links.
 */
final class LargeLedger {

	private static final List<String> PROVIDERS = List.of("other", "gmail", "outlook", "yahoo", "icloud", "qq",
			"netease", "gmx", "mailru", "yandex", "proton", "zoho");

	private final JdbcClient jdbc;

	private final Newsletter newsletter;

	private final int recipients;

	LargeLedger(JdbcClient jdbc, Newsletter newsletter, int recipients) {
		this.jdbc = jdbc;
		this.newsletter = newsletter;
		this.recipients = recipients;
	}

	void fill(TestHerald herald, SampleIssue sample, int issues) {
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, source, happened_at)
				SELECT newsletter_id, subscriber_id, 'ACTIVE', 'IMPORT', '2026-01-01' FROM subscription
				WHERE newsletter_id = ?
				""").param(this.newsletter.id()).update();
		for (int number = 1; number <= issues; number++) {
			send(sample.importInto(herald, this.newsletter, "issue-" + number));
			day(number);
		}
	}

	private void send(Issue issue) {
		this.jdbc
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, subscriptions, recipients,
					                  unconfirmed, unsubscribed, suppressed, paused, already_in_ledger, requested_by,
					                  created_at, started_at, finished_at)
					VALUES (:issue, :version, 'DONE', 0, '2026-11-24', 'UTC', :recipients, :recipients, 0, 0, 0, 0, 0, 'bench',
					        '2026-11-24', '2026-11-24', '2026-11-24')
					""")
			.param("issue", issue.id())
			.param("version", issue.versionId())
			.param("recipients", this.recipients)
			.update();
		int send = this.jdbc.sql("SELECT MAX(id) FROM send").query(Integer.class).single();
		for (int code = 0; code < PROVIDERS.size(); code++) {
			this.jdbc.sql("INSERT INTO send_traffic VALUES (?, ?, ?, 0, 0, 0, 0, 0, '', '2026-11-24')")
				.params(send, code, PROVIDERS.get(code))
				.update();
		}
		ledger(issue.id(), send);
		whatCameBack(issue.id(), send);
	}

	/** A prime between, so that neighbours differ from issue to issue. */
	private void ledger(int issue, int send) {
		this.jdbc
			.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at, changed_at)
					SELECT :issue, id, :send,
					CASE WHEN MOD(id * 7919 + :send, 10000) < 2 THEN 5 WHEN MOD(id * 7919 + :send, 100) = 50 THEN 4
					     WHEN MOD(id * 7919 + :send, 200) = 77 THEN 7 WHEN MOD(id * 7919 + :send, 200) = 99 THEN 6 ELSE 2 END,
					MOD(id, 12), 1, 217000000, 217000000, 217000000 + MOD(id, 1800)
					FROM subscriber WHERE id <= :recipients ORDER BY id
					""")
			.param("issue", issue)
			.param("send", send)
			.param("recipients", this.recipients)
			.update();
		this.jdbc.sql("""
				INSERT INTO delivery_reply (issue_id, subscriber_id, code, status, reply, replied_at)
				SELECT issue_id, subscriber_id, 550, CASE WHEN MOD(subscriber_id, 5) = 0 THEN '5.7.1' ELSE '5.1.1' END,
				'550 5.1.1 The mailbox does not exist here', '2026-11-24' FROM delivery WHERE send_id = ? AND state = 4
				""").param(send).update();
	}

	private void whatCameBack(int issue, int send) {
		this.jdbc
			.sql("""
					INSERT INTO bounce (issue_id, subscriber_id, send_id, provider, report_sha256, bounce_class, status, action, reason,
					                    evidence, received_at)
					SELECT issue_id, subscriber_id, send_id, provider, SHA2(CONCAT(send_id, ' ', subscriber_id), 256),
					CASE WHEN MOD(subscriber_id, 3) = 0 THEN 'SOFT' ELSE 'HARD' END, '5.1.1', 'failed',
					CASE WHEN MOD(subscriber_id, 3) = 0 THEN 'mailboxfull' ELSE 'userunknown' END,
					'550 5.1.1 The mailbox does not exist here', '2026-11-24'
					FROM delivery WHERE issue_id = :issue AND MOD(subscriber_id * 31 + :send, 200) = 1
					""")
			.param("issue", issue)
			.param("send", send)
			.update();
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, was_state, source, issue_id, happened_at)
				SELECT :newsletter, subscriber_id, 'UNSUBSCRIBED', 'ACTIVE',
				CASE WHEN MOD(subscriber_id, 9) = 0 THEN 'COMPLAINT' ELSE 'ONE_CLICK' END, :issue, '2026-11-24'
				FROM delivery WHERE issue_id = :issue AND MOD(subscriber_id * 37 + :send, 1000) = 1
				""").param("newsletter", this.newsletter.id()).param("issue", issue).param("send", send).update();
		this.jdbc.sql("""
				INSERT INTO leaver_count (issue_id, source, readers)
				SELECT issue_id, source, COUNT(*) FROM consent WHERE issue_id = ? GROUP BY issue_id, source
				""").param(issue).update();
		clicks(issue);
	}

	private void clicks(int issue) {
		for (Actor actor : Actor.values()) {
			for (EngagementKind kind : EngagementKind.values()) {
				this.jdbc.sql("INSERT INTO engagement_count VALUES (?, ?, ?, 1000, 1500)")
					.params(issue, kind.name(), actor.name())
					.update();
				times(issue, kind, actor);
			}
			for (int link = 1; link <= 30; link++) {
				String target = "https://example.org/" + link;
				this.jdbc.sql("INSERT INTO link_count VALUES (?, ?, ?, ?, ?, ?)")
					.params(issue, LinkClicks.sha256(target), actor.name(), target, 10 * link, 15 * link)
					.update();
			}
		}
	}

	/**
	 * As many spans as an issue has after four weeks in which none was without an event.
	 */
	private void times(int issue, EngagementKind kind, Actor actor) {
		long begin = Instant.parse("2026-11-24T00:00:00Z").getEpochSecond();
		for (int minute = 0; minute < 360; minute++) {
			time(issue, kind, actor, begin + minute * 60L, 60);
		}
		for (int hour = 6; hour < 168; hour++) {
			time(issue, kind, actor, begin + hour * 3_600L, 3_600);
		}
		for (int day = 7; day < 28; day++) {
			time(issue, kind, actor, begin + day * 86_400L, 86_400);
		}
	}

	private void time(int issue, EngagementKind kind, Actor actor, long begun, int seconds) {
		this.jdbc.sql("INSERT INTO engagement_time VALUES (?, ?, ?, ?, ?, 1, 2)")
			.params(issue, kind.name(), actor.name(), begun, seconds)
			.update();
	}

	private void day(int number) {
		this.jdbc.sql("INSERT INTO subscription_day VALUES (?, DATE_ADD('2026-01-01', INTERVAL ? DAY), ?, ?)")
			.params(this.newsletter.id(), 7 * number, 900, 400)
			.update();
	}

}
