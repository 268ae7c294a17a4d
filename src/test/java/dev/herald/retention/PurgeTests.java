package dev.herald.retention;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.herald.issue.Issue;
import dev.herald.jobs.Execution;
import dev.herald.jobs.Jobs;
import dev.herald.newsletter.Newsletter;
import dev.herald.person.Erasure;
import dev.herald.schema.Utc;
import dev.herald.segment.KeptAttributes;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class PurgeTests {

	private static final String LINK = "https://example.org/a";

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	private final Newsletter newsletter;

	PurgeTests(TestDatabase kind) {
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
		this.newsletter = this.herald.newsletter("weekly", 3);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	private List<Long> purge() {
		Job job = this.herald.get("purgeBatchJob", Job.class);
		assertThat(PurgeJob.start(this.herald.get(JobOperator.class), job).getStatus())
			.isEqualTo(BatchStatus.COMPLETED);
		Execution execution = this.herald.get(Jobs.class).latest(PurgeJob.NAME, 1).get(0);
		assertThat(execution.steps().stream().map(Execution.Step::name)).containsExactly("tracking", "unconfirmed",
				"requests", "erased");
		return execution.steps().stream().map(Execution.Step::written).toList();
	}

	private static Object daysAgo(int days) {
		return Utc.of(Instant.now().minus(days, ChronoUnit.DAYS));
	}

	private Issue sent(String slug, int daysAgo) {
		Issue issue = this.herald.issue(this.newsletter, slug);
		this.database.jdbc()
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at,
					                  finished_at)
					VALUES (:issue, :version, 'DONE', 0, :at, 'UTC', 'ada', :at, :at)
					""")
			.param("issue", issue.id())
			.param("version", issue.versionId())
			.param("at", daysAgo(daysAgo))
			.update();
		for (int reader = 1; reader <= 3; reader++) {
			click(issue, reader);
		}
		return issue;
	}

	private void click(Issue issue, int reader) {
		DeliveryKey delivery = new DeliveryKey(issue.id(), reader);
		this.herald.get(Engagements.class).record(delivery, EngagementKind.OPEN, Actor.HUMAN);
		this.herald.get(LinkClicks.class).record(delivery, LINK, Actor.HUMAN);
	}

	private List<String> figures(Issue issue) {
		return this.database.jdbc().sql("""
				SELECT CONCAT(kind, ' ', readers, ' ', events) FROM engagement_count WHERE issue_id = :issue
				UNION ALL SELECT CONCAT(kind, ' BY TIME ', SUM(readers), ' ', SUM(events)) FROM engagement_time
				WHERE issue_id = :issue GROUP BY kind
				UNION ALL SELECT CONCAT('LINK ', readers, ' ', events) FROM link_count WHERE issue_id = :issue
				ORDER BY 1
				""").param("issue", issue.id()).query(String.class).list();
	}

	private int count(String sql) {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM " + sql).query(Integer.class).single();
	}

	@Test
	void whoClickedLongAgoIsForgottenAndHowManyTheyWereIsNot() {
		Issue old = sent("old", 396);
		Issue young = sent("young", 394);
		Issue again = sent("again", 500);
		sent("again", 3);
		this.database.jdbc().sql("UPDATE subscriber SET last_engaged_at = ? WHERE id = 1").param(daysAgo(400)).update();
		List<String> before = figures(old);
		assertThat(before).containsExactly("CLICK 3 3", "CLICK BY TIME 3 3", "LINK 3 3", "OPEN 3 3",
				"OPEN BY TIME 3 3");
		assertThat(purge()).containsExactly(9L, 0L, 0L, 0L);
		assertThat(figures(old)).isEqualTo(before);
		assertThat(count("engagement WHERE issue_id = " + old.id())).isZero();
		assertThat(count("link_click WHERE issue_id = " + old.id())).isZero();
		assertThat(count("engagement WHERE issue_id = " + young.id())).isEqualTo(6);
		assertThat(count("engagement WHERE issue_id = " + again.id())).isEqualTo(6);
		assertThat(count("subscriber WHERE last_engaged_at IS NULL")).isEqualTo(1);
		click(old, 1);
		click(young, 1);
		assertThat(figures(old)).containsExactly("CLICK 3 4", "CLICK BY TIME 3 4", "LINK 3 4", "OPEN 3 4",
				"OPEN BY TIME 3 4");
		assertThat(figures(young)).containsExactly("CLICK 3 4", "CLICK BY TIME 3 4", "LINK 3 4", "OPEN 3 4",
				"OPEN BY TIME 3 4");
		assertThat(purge()).containsExactly(0L, 0L, 0L, 0L);
	}

	@Test
	void whoNeverConfirmedIsForgottenUnlessSomethingElseIsKnown() {
		Issue issue = this.herald.issue(this.newsletter, "first");
		for (int id = 11; id <= 14; id++) {
			this.database.jdbc()
				.sql("INSERT INTO subscriber (id, address, match_key, created_at) VALUES (?, ?, ?, '2026-01-01 00:00:00')")
				.params(id, "p" + id + "@example.org", "p" + id + "@example.org")
				.update();
			this.database.jdbc()
				.sql("INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (?, ?, 'PENDING', ?)")
				.params(this.newsletter.id(), id, daysAgo((id == 12) ? 29 : 31))
				.update();
			this.database.jdbc()
				.sql("INSERT INTO consent (newsletter_id, subscriber_id, state, source, happened_at) VALUES (?, ?, 'PENDING', 'ADMIN', '2026-01-01 00:00:00')")
				.params(this.newsletter.id(), id)
				.update();
		}
		// As a list brings them; the row that they hang on could not be deleted once.
		KeptAttributes.set(this.database.jdbc(), 11, "city", "Bern");
		KeptAttributes.set(this.database.jdbc(), 13, "city", "Basel");
		Newsletter other = this.herald.newsletter("monthly", 0);
		this.database.jdbc()
			.sql("INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (?, 13, 'ACTIVE', '2020-01-01 00:00:00')")
			.param(other.id())
			.update();
		this.database.jdbc().sql("INSERT INTO delivery VALUES (?, 14, 1, 2, 0, 1, 0, 0, 0)").param(issue.id()).update();
		assertThat(purge()).containsExactly(0L, 3L, 0L, 0L);
		assertThat(this.database.jdbc()
			.sql("SELECT id FROM subscriber WHERE id > 10 ORDER BY id")
			.query(Integer.class)
			.list()).containsExactly(12, 13, 14);
		assertThat(count("subscription WHERE state = 'PENDING'")).isEqualTo(1);
		assertThat(count("consent WHERE state = 'PENDING'")).isEqualTo(1);
		assertThat(count("subscription WHERE state = 'ACTIVE'")).isEqualTo(4);
		assertThat(count("subscriber_attribute")).isEqualTo(1);
	}

	@Test
	void oldRequestsGoAndSoDoesWhatCameAfterAnErasure() {
		Issue issue = this.herald.issue(this.newsletter, "first");
		for (int days : new int[] { 29, 31 }) {
			this.database.jdbc()
				.sql("""
						INSERT INTO reader_request (kind, subscriber_id, newsletter_id, address, match_key, language, asked_at,
						                            expires_at)
						VALUES ('EXPORT', 1, 1, 'reader1@example.org', 'reader1@example.org', 'en', :at, :at)
						""")
				.param("at", daysAgo(days))
				.update();
		}
		this.herald.get(Erasure.class).erase(2);
		this.database.jdbc()
			.sql("""
					INSERT INTO bounce (issue_id, subscriber_id, send_id, report_sha256, bounce_class, status, action, reason,
					                    evidence, received_at)
					VALUES (?, 2, 1, ?, 'HARD', '5.1.1', 'failed', 'UNKNOWN_ADDRESS', 'no reader2@example.org here',
					        '2026-01-03 00:00:00')
					""")
			.params(issue.id(), "0".repeat(64))
			.update();
		assertThat(purge()).containsExactly(0L, 0L, 1L, 1L);
		assertThat(count("reader_request")).isEqualTo(1);
		assertThat(count("bounce WHERE evidence = ''")).isEqualTo(1);
	}

}
