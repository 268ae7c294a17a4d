package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the ledger knows of a send's claims: which deliveries are due, and what becomes of
 * those that nobody answers for. Each call is one statement that commits by itself.
 * Thread-safe.
 */
@Component
class Claims {

	private static final String TRACKED = """
			COALESCE((SELECT p.tracked FROM subscription p JOIN issue i ON i.newsletter_id = p.newsletter_id
			          WHERE i.id = d.issue_id AND p.subscriber_id = d.subscriber_id), 0)
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	Claims(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Deliveries of one state and provider that may be tried now, by subscriber id.
	 * Ordered by all columns of the index: H2 sees only then that it is sorted, and reads
	 * and sorts all that wait otherwise (35 ms a page of 20,000, growing with the list).
	 */
	List<ReadyDelivery> due(int sendId, DeliveryState state, int provider, int afterSubscriberId, int limit) {
		return due(sendId, state, provider, afterSubscriberId, limit, false);
	}

	/**
	 * @param consents whether to look who consented to being tracked; a mail that does
	 * not tell of its reader need not know
	 */
	List<ReadyDelivery> due(int sendId, DeliveryState state, int provider, int afterSubscriberId, int limit,
			boolean consents) {
		return this.jdbc.sql("""
				SELECT d.issue_id, d.subscriber_id, d.attempts, s.address, s.name, %s AS tracked FROM delivery d
				JOIN subscriber s ON s.id = d.subscriber_id
				WHERE d.send_id = :send AND d.state = :state AND d.provider = :provider AND d.subscriber_id > :after
				AND d.next_at <= :now
				ORDER BY d.send_id, d.state, d.provider, d.subscriber_id
				LIMIT :limit
				""".formatted(consents ? TRACKED : "0"))
			.param("send", sendId)
			.param("state", state.code())
			.param("provider", provider)
			.param("now", now())
			.param("after", afterSubscriberId)
			.param("limit", limit)
			.query((row, n) -> new ReadyDelivery(new DeliveryKey(row.getInt("issue_id"), row.getInt("subscriber_id")),
					new EmailAddress(row.getString("address")), row.getString("name"), row.getInt("attempts"),
					row.getInt("tracked") == 1))
			.list();
	}

	/** It is not its turn: its domain wants less for a while. */
	void putOff(int sendId, DeliveryKey delivery, Duration wait) {
		this.jdbc.sql("""
				UPDATE delivery SET next_at = :until
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND send_id = :send AND state IN (0, 3)
				""")
			.param("until", LedgerTime.of(this.clock.instant().plus(wait)))
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("send", sendId)
			.update();
	}

	/**
	 * Turns the SENDING rows of a send on which nobody works into UNCERTAIN. Only for the
	 * owner of the send, while none of its workers runs.
	 */
	int abandonClaims(int sendId) {
		return this.jdbc.sql("UPDATE delivery SET state = 5, changed_at = :now WHERE send_id = :send AND state = 1")
			.param("now", now())
			.param("send", sendId)
			.update();
	}

	/**
	 * It was accepted after all.
	 * @return false where it was not uncertain
	 */
	boolean settleUncertain(DeliveryKey delivery) {
		return this.jdbc.sql("""
				UPDATE delivery SET state = 2, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND state = 5
				""")
			.param("now", now())
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.update() == 1;
	}

	/** Expires what was due longer ago than the deadline allows and was not accepted. */
	int expire(int sendId, Instant dueBefore) {
		return this.jdbc.sql("""
				UPDATE delivery SET state = 7, changed_at = :now
				WHERE send_id = :send AND state IN (0, 3) AND due_at < :before
				""").param("now", now()).param("send", sendId).param("before", LedgerTime.of(dueBefore)).update();
	}

	/** When the next delivery of a send may be tried; null when none is left. */
	@Nullable Instant nextDue(int sendId) {
		Integer next = this.jdbc.sql("SELECT MIN(next_at) FROM delivery WHERE send_id = :send AND state IN (0, 3)")
			.param("send", sendId)
			.query((row, n) -> row.getObject(1, Integer.class))
			.list()
			.get(0);
		return (next != null) ? LedgerTime.read(next) : null;
	}

	private int now() {
		return LedgerTime.of(this.clock.instant());
	}

}
