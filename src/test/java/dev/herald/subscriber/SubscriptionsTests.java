package dev.herald.subscriber;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SubscriptionsTests {

	private static final Instant NOW = Instant.parse("2026-03-29T01:30:00.123Z");

	private final TestDatabase.Opened database;

	private final Subscriptions subscriptions;

	SubscriptionsTests(TestDatabase database) {
		this.database = database.open();
		this.subscriptions = new Subscriptions(this.database.jdbc(), this.database.transactionManager(),
				Clock.fixed(NOW, ZoneOffset.UTC));
		execute("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'Weekly', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
				""");
		person(1, "ann@example.org", "ACTIVE");
		person(2, "bob@example.org", "PENDING");
		person(3, "cyd@example.org", "UNSUBSCRIBED");
	}

	private void person(int id, String address, String state) {
		this.database.jdbc()
			.sql("INSERT INTO subscriber (id, address, match_key, name, created_at) VALUES (?, ?, ?, 'N', '2026-01-01 00:00:00')")
			.params(id, address, address)
			.update();
		this.database.jdbc()
			.sql("INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (1, ?, ?, '2026-01-01 00:00:00')")
			.params(id, state)
			.update();
	}

	private void execute(String sql) {
		this.database.jdbc().sql(sql).update();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void subscribersAndTheirStatesAreFound() {
		assertThat(this.subscriptions.find(1)).contains(new Subscriber(1, EmailAddress.parse("ann@example.org"), "N"));
		assertThat(this.subscriptions.find(99)).isEmpty();
		assertThat(this.subscriptions.state(1, 2)).contains(SubscriptionState.PENDING);
		assertThat(this.subscriptions.state(1, 99)).isEmpty();
		assertThat(this.subscriptions.count(1)).isEqualTo(new SubscriptionCounts(1, 1, 1, 0));
		assertThat(this.subscriptions.count(99)).isEqualTo(new SubscriptionCounts(0, 0, 0, 0));
	}

	@Test
	void unsubscribingEndsTheSubscriptionAndLeavesAConsentRecord() {
		assertThat(this.subscriptions.unsubscribe(1, 1, ConsentSource.ONE_CLICK, 7)).isTrue();
		assertThat(this.subscriptions.state(1, 1)).contains(SubscriptionState.UNSUBSCRIBED);
		assertThat(this.database.jdbc()
			.sql("SELECT newsletter_id, subscriber_id, state, source, issue_id, happened_at FROM consent")
			.query((row, number) -> row.getInt(1) + " " + row.getInt(2) + " " + row.getString(3) + " "
					+ row.getString(4) + " " + row.getInt(5) + " " + Utc.read(row, "happened_at"))
			.list()).containsExactly("1 1 UNSUBSCRIBED ONE_CLICK 7 " + NOW);
	}

	@Test
	void unsubscribingTwiceIsNoErrorAndIsRecordedOnce() {
		assertThat(this.subscriptions.unsubscribe(1, 1, ConsentSource.ONE_CLICK, 7)).isTrue();
		assertThat(this.subscriptions.unsubscribe(1, 1, ConsentSource.UNSUBSCRIBE_PAGE, null)).isFalse();
		assertThat(this.subscriptions.unsubscribe(1, 3, ConsentSource.ADMIN, null)).isFalse();
		assertThat(this.subscriptions.unsubscribe(1, 99, ConsentSource.ADMIN, null)).isFalse();
		assertThat(consents()).isEqualTo(1);
	}

	@Test
	void whoHasNotConfirmedCanLeaveToo() {
		assertThat(this.subscriptions.unsubscribe(1, 2, ConsentSource.ADMIN, null)).isTrue();
		assertThat(this.subscriptions.count(1)).isEqualTo(new SubscriptionCounts(0, 1, 2, 0));
	}

	private int consents() {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM consent").query(Integer.class).single();
	}

}
