package dev.herald.subscriber;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Subscribers and their consent. Every change leaves a consent record.
 * Thread-safe.
 */
@Service
public class Subscriptions {

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Subscriptions(JdbcClient jdbc, PlatformTransactionManager transactionManager, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(transactionManager);
		this.clock = clock;
	}

	public Optional<Subscriber> find(int subscriberId) {
		return this.jdbc.sql("SELECT id, address, name FROM subscriber WHERE id = ?")
			.param(subscriberId)
			.query((row, number) -> new Subscriber(row.getInt("id"), new EmailAddress(row.getString("address")),
					row.getString("name")))
			.optional();
	}

	public Optional<SubscriptionState> state(int newsletterId, int subscriberId) {
		return this.jdbc.sql("SELECT state FROM subscription WHERE newsletter_id = ? AND subscriber_id = ?")
			.param(newsletterId)
			.param(subscriberId)
			.query(String.class)
			.optional()
			.map(SubscriptionState::valueOf);
	}

	/**
	 * @param issueId the issue whose link was used; null where it was another way
	 * @return false where there was nothing to end: unsubscribing twice is no error
	 */
	public boolean unsubscribe(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		LocalDateTime now = Utc.of(this.clock.instant());
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean ended = this.jdbc.sql("""
					UPDATE subscription SET state = 'UNSUBSCRIBED', changed_at = :now
					WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber AND state <> 'UNSUBSCRIBED'
					""")
				.param("now", now)
				.param("newsletter", newsletterId)
				.param("subscriber", subscriberId)
				.update() == 1;
			if (ended) {
				record(newsletterId, subscriberId, source, issueId, now);
			}
			return ended;
		}));
	}

	private void record(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId,
			LocalDateTime now) {
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, source, issue_id, happened_at)
				VALUES (:newsletter, :subscriber, 'UNSUBSCRIBED', :source, :issue, :now)
				""")
			.param("newsletter", newsletterId)
			.param("subscriber", subscriberId)
			.param("source", source.name())
			.param("issue", issueId)
			.param("now", now)
			.update();
	}

	/** Subscriptions of a newsletter by state. */
	public SubscriptionCounts count(int newsletterId) {
		Map<SubscriptionState, Integer> byState = this.jdbc
			.sql("SELECT state, COUNT(*) AS number FROM subscription WHERE newsletter_id = ? GROUP BY state")
			.param(newsletterId)
			.query((row, number) -> Map.entry(SubscriptionState.valueOf(row.getString("state")), row.getInt("number")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		return new SubscriptionCounts(byState.getOrDefault(SubscriptionState.PENDING, 0),
				byState.getOrDefault(SubscriptionState.ACTIVE, 0),
				byState.getOrDefault(SubscriptionState.UNSUBSCRIBED, 0));
	}

}
