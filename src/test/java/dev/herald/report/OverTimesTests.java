package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.schema.Utc;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Issues of twenty readers, sent days apart; the last one two hours ago. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class OverTimesTests {

	private static final int READERS = 20;

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	private final Newsletter weekly;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

	private int made;

	OverTimesTests(TestDatabase kind) {
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
		this.weekly = this.herald.newsletter("weekly", READERS);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	@Test
	void readersAreHeldAgainstReadersAndNotAgainstTotals() {
		person(sent(30), 2, 1);
		totals(sent(29), 60, 40);
		person(sent(28), 4, 2);
		totals(sent(27), 80, 10);
		person(sent(26), 10, 0);
		Issue last = sent(0);
		person(last, 8, 4);

		OverTimes.SameAge sameAge = sameAge(last).orElseThrow();

		assertThat(sameAge.age()).isBetween(Duration.ofHours(2), Duration.ofMinutes(125));
		assertThat(sameAge.own()).isEqualTo(new OverTimes.Shares(true, 40, 20));
		assertThat(sameAge.usual()).as("of 10, 20 and 50 %").isEqualTo(new OverTimes.Shares(true, 20, 5));
		assertThat(sameAge.alike()).isEqualTo(3);
		assertThat(sameAge.unlike()).isEqualTo(2);
	}

	@Test
	void totalsAreHeldAgainstTotals() {
		totals(sent(30), 20, 4);
		totals(sent(29), 60, 2);
		person(sent(28), 20, 20);
		totals(sent(27), 30, 0);
		totals(sent(26), 10, 2);
		Issue last = sent(0);
		totals(last, 50, 5);

		assertThat(sameAge(last)).get()
			.extracting(OverTimes.SameAge::own, OverTimes.SameAge::usual, OverTimes.SameAge::alike,
					OverTimes.SameAge::unlike)
			.containsExactly(new OverTimes.Shares(false, 250, 25), new OverTimes.Shares(false, 125, 10), 4, 1);
	}

	@Test
	void withoutThreeThatWereCountedAlikeThereIsNothingToCompareWith() {
		person(sent(30), 2, 1);
		person(sent(29), 2, 1);
		totals(sent(28), 60, 40);
		sent(27);
		Issue last = sent(0);
		person(last, 8, 4);

		assertThat(sameAge(last)).get()
			.extracting(OverTimes.SameAge::usual, OverTimes.SameAge::alike, OverTimes.SameAge::unlike)
			.containsExactly(null, 2, 1);
	}

	@Test
	void ofAnIssueThatIsNotTrackedNothingIsSaid() {
		person(sent(30), 2, 1);
		assertThat(sameAge(sent(0))).isEmpty();
	}

	@Test
	void whatHappenedLaterThanAtThatAgeIsNotUsual() {
		for (int day = 30; day > 27; day--) {
			Issue issue = sent(day);
			person(issue, 4, 2);
			engaged(issue, "OPEN", Duration.ofHours(3), 10, 10);
		}
		Issue last = sent(0);
		person(last, 1, 1);
		assertThat(sameAge(last)).get()
			.extracting(OverTimes.SameAge::usual)
			.isEqualTo(new OverTimes.Shares(true, 20, 10));
	}

	private Optional<OverTimes.SameAge> sameAge(Issue issue) {
		DeliveryReport report = this.herald.get(Reports.class).of(issue);
		return this.herald.get(OverTimes.class).sameAge(this.herald.get(Comparison.class).of(issue, report));
	}

	/** Two hours and so many days ago, to all. */
	private Issue sent(int days) {
		Issue issue = this.herald.issue(this.weekly, "issue-" + ++this.made);
		this.database.jdbc()
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, subscriptions, recipients,
					                  unconfirmed, unsubscribed, suppressed, paused, already_in_ledger, requested_by,
					                  created_at, started_at, finished_at)
					VALUES (:issue, :version, 'DONE', 0, :at, 'UTC', 20, 20, 0, 0, 0, 0, 0, 'ada', :at, :at, :at)
					""")
			.param("issue", issue.id())
			.param("version", issue.versionId())
			.param("at", Utc.of(begin(days)))
			.update();
		this.database.jdbc()
			.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at, changed_at)
					SELECT :issue, s.id, (SELECT MAX(o.id) FROM send o), 2, 0, 1, 0, 0, 0 FROM subscriber s
					""")
			.param("issue", issue.id())
			.update();
		return issue;
	}

	private Instant begin(int days) {
		return this.now.minus(Duration.ofHours(2)).minus(Duration.ofDays(days));
	}

	private void person(Issue issue, int opened, int clicked) {
		engaged(issue, "OPEN", Duration.ofMinutes(10), opened, opened * 3);
		engaged(issue, "CLICK", Duration.ofMinutes(12), clicked, clicked * 2);
	}

	private void totals(Issue issue, int opens, int clicks) {
		engaged(issue, "OPEN", Duration.ofMinutes(10), 0, opens);
		engaged(issue, "CLICK", Duration.ofMinutes(12), 0, clicks);
	}

	private void engaged(Issue issue, String kind, Duration age, int readers, int events) {
		if (events == 0) {
			return;
		}
		Instant begun = this.database.jdbc()
			.sql("SELECT started_at FROM send WHERE issue_id = ?")
			.param(issue.id())
			.query((row, n) -> Utc.read(row, "started_at"))
			.single();
		this.database.jdbc()
			.sql("INSERT INTO engagement_time VALUES (?, ?, 'HUMAN', ?, 60, ?, ?)")
			.params(issue.id(), kind, begun.plus(age).getEpochSecond(), readers, events)
			.update();
		this.database.jdbc().sql("""
				INSERT INTO engagement_count VALUES (?, ?, 'HUMAN', ?, ?)
				ON DUPLICATE KEY UPDATE readers = readers + VALUES(readers), events = events + VALUES(events)
				""").params(issue.id(), kind, readers, events).update();
	}

}
