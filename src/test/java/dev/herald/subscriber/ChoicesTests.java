package dev.herald.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.herald.testing.HandClock;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What reader 1 of two newsletters chooses, and takes back. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ChoicesTests {

	private static final Instant START = Instant.parse("2026-11-26T08:00:00.123Z");

	private static final Instant DECEMBER = Instant.parse("2026-12-10T00:00:00Z");

	private static final Instant JANUARY = Instant.parse("2027-01-10T00:00:00Z");

	private final TestDatabase.Opened database;

	private final Subscriptions subscriptions;

	private final HandClock clock = new HandClock(START);

	ChoicesTests(TestDatabase database) {
		this.database = database.open();
		this.subscriptions = new Subscriptions(this.database.jdbc(), this.database.transactionManager(), this.clock);
		for (String sql : List.of("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'Weekly', '', 'jo@example.org', 'en', '2026-01-01 00:00:00'),
				       (2, 'daily', 'Daily', '', 'jo@example.org', 'en', '2026-01-01 00:00:00'),
				       (3, 'yearly', 'Yearly', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
				""", """
				INSERT INTO subscriber (id, address, match_key, created_at)
				VALUES (1, 'ann@example.org', 'ann@example.org', '2026-01-01 00:00:00'),
				       (2, 'bob@example.org', 'bob@example.org', '2026-01-01 00:00:00')
				""", """
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				VALUES (1, 1, 'ACTIVE', '2026-01-01 00:00:00'), (2, 1, 'PENDING', '2026-01-01 00:00:00'),
				       (3, 1, 'UNSUBSCRIBED', '2026-01-01 00:00:00'), (1, 2, 'ACTIVE', '2026-01-01 00:00:00')
				""")) {
			this.database.jdbc().sql(sql).update();
		}
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private boolean unsubscribe(int newsletter) {
		return this.subscriptions.unsubscribe(newsletter, 1, ConsentSource.UNSUBSCRIBE_PAGE, 7);
	}

	private boolean unsubscribeFromAll() {
		return this.subscriptions.unsubscribeFromAll(1, ConsentSource.UNSUBSCRIBE_PAGE, 7);
	}

	private boolean pause(int newsletter, Instant until) {
		return this.subscriptions.pause(newsletter, 1, until, ConsentSource.UNSUBSCRIBE_PAGE, 7);
	}

	private Undo undo(long choice) {
		return this.subscriptions.undo(choice, 1, 7);
	}

	private long lastChoice() {
		return this.subscriptions.lastChoice(1).orElseThrow();
	}

	private List<String> standings() {
		return this.database.jdbc()
			.sql("SELECT newsletter_id, state, paused_until FROM subscription WHERE subscriber_id = 1 ORDER BY newsletter_id")
			.query((row, number) -> row.getInt(1) + " " + row.getString(2) + paused(row.getString(3)))
			.list();
	}

	private List<String> consents() {
		return this.database.jdbc()
			.sql("SELECT newsletter_id, was_state, was_paused_until, state, paused_until, source FROM consent ORDER BY id")
			.query((row, number) -> row.getInt(1) + " " + row.getString(2) + paused(row.getString(3)) + " -> "
					+ row.getString(4) + paused(row.getString(5)) + " " + row.getString(6))
			.list();
	}

	private static String paused(@Nullable String until) {
		return (until != null) ? " until " + until.substring(0, 10) : "";
	}

	@Test
	void aPauseIsOnRecordAndLeavesTheSubscriptionAsOldAsItIs() {
		assertThat(pause(1, DECEMBER)).isTrue();

		assertThat(standings()).contains("1 ACTIVE until 2026-12-10");
		assertThat(consents()).containsExactly("1 ACTIVE -> ACTIVE until 2026-12-10 UNSUBSCRIBE_PAGE");
		assertThat(this.database.jdbc()
			.sql("SELECT COUNT(*) FROM subscription WHERE changed_at > '2026-01-01 00:00:00'")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void theSamePauseTwiceIsOneAndAnotherOneMovesItsEnd() {
		assertThat(pause(1, DECEMBER)).isTrue();
		assertThat(pause(1, DECEMBER)).isFalse();
		assertThat(pause(1, JANUARY)).isTrue();
		assertThat(this.subscriptions.pause(1, 1, null, ConsentSource.UNSUBSCRIBE_PAGE, 7)).isTrue();

		assertThat(consents()).containsExactly("1 ACTIVE -> ACTIVE until 2026-12-10 UNSUBSCRIBE_PAGE",
				"1 ACTIVE until 2026-12-10 -> ACTIVE until 2027-01-10 UNSUBSCRIBE_PAGE",
				"1 ACTIVE until 2027-01-10 -> ACTIVE UNSUBSCRIBE_PAGE");
	}

	@Test
	void onlyAnActiveSubscriptionIsPaused() {
		assertThat(pause(2, DECEMBER)).isFalse();
		assertThat(pause(3, DECEMBER)).isFalse();
		assertThat(consents()).isEmpty();
	}

	@Test
	void leavingAllEndsEverySubscriptionOfThatReaderAlone() {
		assertThat(unsubscribeFromAll()).isTrue();
		assertThat(unsubscribeFromAll()).isFalse();

		assertThat(standings()).containsExactly("1 UNSUBSCRIBED", "2 UNSUBSCRIBED", "3 UNSUBSCRIBED");
		assertThat(consents()).containsExactly("1 ACTIVE -> UNSUBSCRIBED UNSUBSCRIBE_PAGE",
				"2 PENDING -> UNSUBSCRIBED UNSUBSCRIBE_PAGE");
		assertThat(this.subscriptions.state(1, 2)).contains(SubscriptionState.ACTIVE);
	}

	@Test
	void undoRestoresEachSubscriptionAsItWas() {
		pause(1, DECEMBER);
		this.clock.set(START.plusSeconds(60));
		List<String> before = standings();
		unsubscribeFromAll();
		long choice = lastChoice();
		this.clock.set(START.plus(Duration.ofHours(20)));

		assertThat(undo(choice)).isEqualTo(Undo.DONE);

		assertThat(standings()).isEqualTo(before);
		assertThat(consents()).endsWith("1 UNSUBSCRIBED -> ACTIVE until 2026-12-10 UNDO",
				"2 UNSUBSCRIBED -> PENDING UNDO");
	}

	@Test
	void undoWorksOnce() {
		unsubscribe(1);
		long choice = lastChoice();
		assertThat(undo(choice)).isEqualTo(Undo.DONE);
		assertThat(undo(choice)).isEqualTo(Undo.OVERTAKEN);
		assertThat(this.subscriptions.lastChoice(1)).isEmpty();
		this.clock.set(START.plusSeconds(60));
		unsubscribe(1);

		assertThat(undo(choice)).isEqualTo(Undo.OVERTAKEN);

		assertThat(standings()).contains("1 UNSUBSCRIBED");
		assertThat(consents()).hasSize(3);
	}

	@Test
	void undoLeavesWhatChangedAfterwardsAsItIs() {
		pause(1, DECEMBER);
		long choice = lastChoice();
		this.subscriptions.unsubscribe(1, 1, ConsentSource.ONE_CLICK, 7);

		assertThat(this.subscriptions.lastChoice(1)).isEmpty();
		assertThat(undo(choice)).isEqualTo(Undo.OVERTAKEN);
		assertThat(standings()).contains("1 UNSUBSCRIBED");
	}

	@Test
	void afterADayItIsTooLateToUndo() {
		unsubscribe(1);
		long choice = lastChoice();
		this.clock.set(START.plus(Duration.ofHours(24)).plusMillis(1));

		assertThat(this.subscriptions.lastChoice(1)).isEmpty();
		assertThat(undo(choice)).isEqualTo(Undo.EXPIRED);
		assertThat(standings()).contains("1 UNSUBSCRIBED");
	}

	@Test
	void nobodyUndoesWhatIsNotTheirsOrWasNotChosenOnThePage() {
		unsubscribe(1);
		long choice = lastChoice();
		assertThat(this.subscriptions.undo(choice, 2, 7)).isEqualTo(Undo.UNKNOWN);
		assertThat(undo(choice + 1_000)).isEqualTo(Undo.UNKNOWN);
		this.subscriptions.unsubscribe(2, 1, ConsentSource.COMPLAINT, 7);
		assertThat(this.subscriptions.lastChoice(1)).isEmpty();
		assertThat(undo(choice + 1)).isEqualTo(Undo.UNKNOWN);
		assertThat(standings()).startsWith("1 UNSUBSCRIBED", "2 UNSUBSCRIBED");
	}

}
