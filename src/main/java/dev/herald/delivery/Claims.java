package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import dev.herald.smtp.SmtpReply;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ledger's side of one attempt: claim before the side effect, record after the reply.
 * Each call is one statement that commits by itself; no connection is held during SMTP.
 * Thread-safe.
 */
@Component
class Claims {

	/**
	 * Consent as it is now, not as it was at the freeze: who unsubscribed since gets no
	 * mail.
	 */
	private static final String CONSENT = """
			EXISTS (SELECT 1 FROM subscription p JOIN issue i ON i.newsletter_id = p.newsletter_id
			        WHERE i.id = :issue AND p.subscriber_id = :subscriber AND p.state = 'ACTIVE')
			AND NOT EXISTS (SELECT 1 FROM suppression x JOIN subscriber s ON s.match_key = x.match_key
			        WHERE s.id = :subscriber)
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	Claims(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Deliveries of one state that may be tried now, by subscriber id. */
	List<ReadyDelivery> due(int sendId, DeliveryState state, int afterSubscriberId, int lastSubscriberId, int limit) {
		return this.jdbc.sql("""
				SELECT d.issue_id, d.subscriber_id, d.attempts, s.address, s.name FROM delivery d
				JOIN subscriber s ON s.id = d.subscriber_id
				WHERE d.send_id = :send AND d.state = :state AND d.next_at <= :now
				AND d.subscriber_id > :after AND d.subscriber_id <= :last
				ORDER BY d.subscriber_id
				LIMIT :limit
				""")
			.param("send", sendId)
			.param("state", state.code())
			.param("now", now())
			.param("after", afterSubscriberId)
			.param("last", lastSubscriberId)
			.param("limit", limit)
			.query((row, n) -> new ReadyDelivery(new DeliveryKey(row.getInt("issue_id"), row.getInt("subscriber_id")),
					new EmailAddress(row.getString("address")), row.getString("name"), row.getInt("attempts")))
			.list();
	}

	/**
	 * Marks a delivery SENDING, committed, if it still waits, is not past its deadline,
	 * its subscriber still consents and this process still owns the running send; all in
	 * one statement, so nothing comes between.
	 * @param dueSince what was due earlier is past its deadline
	 */
	boolean claim(int sendId, DeliveryKey delivery, String owner, Instant dueSince) {
		return this.jdbc.sql("""
				UPDATE delivery SET state = 1, attempts = attempts + 1, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND send_id = :send AND state IN (0, 3)
				AND due_at >= :since
				AND EXISTS (SELECT 1 FROM send o WHERE o.id = :send AND o.owner = :owner
				            AND o.status IN ('RUNNING', 'WAITING'))
				AND
				""" + CONSENT)
			.param("now", now())
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("send", sendId)
			.param("owner", owner)
			.param("since", LedgerTime.of(dueSince))
			.update() == 1;
	}

	/** Marks a waiting delivery SKIPPED if its consent is gone. */
	boolean skipWithoutConsent(int sendId, DeliveryKey delivery) {
		return this.jdbc.sql("""
				UPDATE delivery SET state = 6, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND send_id = :send AND state IN (0, 3)
				AND NOT (
				""" + CONSENT + ")")
			.param("now", now())
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("send", sendId)
			.update() == 1;
	}

	/**
	 * Records what became of a claimed delivery. A row that was taken for dead meanwhile
	 * (UNCERTAIN) is answered too: a late reply is still the truth.
	 * @return false where the row is neither: something else settled it
	 */
	boolean record(DeliveryKey delivery, DeliveryState state, @Nullable Instant nextAt, @Nullable SmtpReply reply) {
		if (reply != null) {
			recordReply(delivery, reply);
		}
		return this.jdbc.sql("""
				UPDATE delivery SET state = :state, next_at = :next, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND state IN (1, 5)
				""")
			.param("state", state.code())
			.param("next", (nextAt != null) ? LedgerTime.of(nextAt) : now())
			.param("now", now())
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.update() == 1;
	}

	private void recordReply(DeliveryKey delivery, SmtpReply reply) {
		this.jdbc.sql("""
				INSERT INTO delivery_reply (issue_id, subscriber_id, code, status, reply, replied_at)
				VALUES (:issue, :subscriber, :code, :status, :reply, :now)
				ON DUPLICATE KEY UPDATE code = VALUES(code), status = VALUES(status), reply = VALUES(reply),
				replied_at = VALUES(replied_at)
				""")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("code", reply.code())
			.param("status", reply.status())
			.param("reply", reply.text())
			.param("now", Utc.of(this.clock.instant()))
			.update();
	}

	/**
	 * Gives a claimed delivery back, of which nothing was handed over: the attempt does
	 * not count.
	 */
	void release(DeliveryKey delivery) {
		this.jdbc.sql("""
				UPDATE delivery SET state = 0, attempts = attempts - 1, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND state = 1
				""")
			.param("now", now())
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
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

	/** It was accepted after all. */
	void settleUncertain(DeliveryKey delivery) {
		this.jdbc.sql("""
				UPDATE delivery SET state = 2, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND state = 5
				""")
			.param("now", now())
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.update();
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
