package dev.herald.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Twelve readers of two newsletters, and issues that they leave by. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class LeaversTests {

	private static final int READERS = 12;

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	private final Newsletter weekly;

	private final Issue first;

	private final Subscriptions subscriptions;

	private final Leavers leavers;

	LeaversTests(TestDatabase kind) {
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
		this.weekly = this.herald.newsletter("weekly", READERS);
		this.first = this.herald.issue(this.weekly, "one");
		this.subscriptions = this.herald.get(Subscriptions.class);
		this.leavers = this.herald.get(Leavers.class);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	@Test
	void whoLeavesAllNewslettersIsOneReaderAndWhoTakesItBackIsNone() {
		this.herald.newsletter("daily", READERS);
		leaveAll(1);
		leaveAll(2);
		undo(2);

		assertThat(this.herald.get(Reports.class).of(this.first).unsubscribed()).isEqualTo(1);
		assertThat(page("", Long.MAX_VALUE, 10)).containsExactly("reader1@example.org");
		assertThat(this.leavers.areExact(this.first)).isTrue();

		this.database.jdbc().sql("UPDATE leaver_count SET readers = readers + 1").update();
		assertThat(this.leavers.areExact(this.first)).as("what somebody wrote by hand is found").isFalse();
	}

	@Test
	void whatIsKeptIsWhatTheRecordsSayAfterAnyOrderOfEvents() {
		Newsletter daily = this.herald.newsletter("daily", READERS);
		List<Issue> issues = List.of(this.first, this.herald.issue(this.weekly, "two"),
				this.herald.issue(daily, "one"));
		Random random = new Random(20261126);
		for (int event = 1; event <= 150; event++) {
			int reader = 1 + random.nextInt(READERS);
			Issue issue = issues.get(random.nextInt(issues.size()));
			Integer by = (random.nextInt(5) == 0) ? null : issue.id();
			int newsletter = random.nextBoolean() ? this.weekly.id() : daily.id();
			switch (random.nextInt(6)) {
				case 0 -> this.subscriptions.unsubscribe(newsletter, id(reader), ConsentSource.ONE_CLICK, by);
				case 1 -> this.subscriptions.unsubscribe(newsletter, id(reader), ConsentSource.UNSUBSCRIBE_PAGE, by);
				case 2 -> this.subscriptions.unsubscribeFromAll(id(reader), ConsentSource.UNSUBSCRIBE_PAGE, by);
				case 3 -> this.subscriptions.pause(newsletter, id(reader), Instant.parse("2027-01-10T00:00:00Z"),
						ConsentSource.UNSUBSCRIBE_PAGE, by);
				case 4 -> this.herald.subscribe(this.weekly, 1, READERS + random.nextInt(3));
				default -> undo(reader);
			}
			if (event == 100) {
				this.subscriptions.unsubscribeFromAll(id(reader), ConsentSource.COMPLAINT, issue.id());
			}
		}
		assertThat(issues).allSatisfy((issue) -> assertThat(this.leavers.areExact(issue)).as(issue.slug()).isTrue());
		Map<Integer, Leavers.Left> left = this.leavers.left(issues.stream().map(Issue::id).toList());
		assertThat(left.values()).as("not because there are none").anyMatch((one) -> one.unsubscribed() > 0);
		assertThat(this.database.jdbc()
			.sql("SELECT COUNT(*) FROM consent WHERE source = 'UNDO' AND was_state = 'UNSUBSCRIBED'")
			.query(Integer.class)
			.single()).isPositive();
	}

	@Test
	void theLastWhoLeftIsFirstAndPagesFollowOneAnother() {
		for (int reader = 1; reader <= READERS; reader++) {
			leaveAll(reader);
		}
		List<String> paged = new ArrayList<>();
		long before = Long.MAX_VALUE;
		for (List<Leavers.Leaver> page = rows("", before, 5); !page.isEmpty(); page = rows("", before, 5)) {
			page.forEach((leaver) -> paged.add(leaver.address().value()));
			before = page.get(page.size() - 1).id();
		}
		assertThat(paged).hasSize(READERS).doesNotHaveDuplicates().startsWith("reader12@example.org");
		assertThat(page("READER1", Long.MAX_VALUE, 10)).containsExactly("reader12@example.org", "reader11@example.org",
				"reader10@example.org", "reader1@example.org");
		assertThat(page(" Reader3@Example.ORG ", Long.MAX_VALUE, 10)).containsExactly("reader3@example.org");
		assertThat(page("%", Long.MAX_VALUE, 10)).isEmpty();
	}

	private void leaveAll(int reader) {
		this.subscriptions.unsubscribeFromAll(id(reader), ConsentSource.UNSUBSCRIBE_PAGE, this.first.id());
	}

	private void undo(int reader) {
		this.subscriptions.lastChoice(id(reader))
			.ifPresent((choice) -> this.subscriptions.undo(choice, id(reader), this.first.id()));
	}

	private List<Leavers.Leaver> rows(String address, long before, int limit) {
		return this.leavers.page(this.first, address, before, limit);
	}

	private List<String> page(String address, long before, int limit) {
		return rows(address, before, limit).stream().map((leaver) -> leaver.address().value()).toList();
	}

	private int id(int reader) {
		return this.database.jdbc()
			.sql("SELECT id FROM subscriber WHERE address = ?")
			.param("reader" + reader + "@example.org")
			.query(Integer.class)
			.single();
	}

}
