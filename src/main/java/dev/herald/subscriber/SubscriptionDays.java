package dev.herald.subscriber;

import java.time.LocalDateTime;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds up who came and who went by the day, within the transaction that records their
 * consent: the days are the sum of the consent records, always.
 */
final class SubscriptionDays {

	private SubscriptionDays() {
	}

	static void add(JdbcClient jdbc, int newsletterId, LocalDateTime at, @Nullable SubscriptionState before,
			SubscriptionState after) {
		int joined = (before != SubscriptionState.ACTIVE && after == SubscriptionState.ACTIVE) ? 1 : 0;
		int departed = (before == SubscriptionState.ACTIVE && after != SubscriptionState.ACTIVE) ? 1 : 0;
		add(jdbc, newsletterId, at, joined, departed);
	}

	static void add(JdbcClient jdbc, int newsletterId, LocalDateTime at, int joined, int departed) {
		if (joined + departed == 0) {
			return;
		}
		jdbc.sql("""
				INSERT INTO subscription_day (newsletter_id, happened_on, joined, departed)
				VALUES (:newsletter, :day, :joined, :departed)
				ON DUPLICATE KEY UPDATE joined = joined + VALUES(joined), departed = departed + VALUES(departed)
				""")
			.param("newsletter", newsletterId)
			.param("day", at.toLocalDate())
			.param("joined", joined)
			.param("departed", departed)
			.update();
	}

}
