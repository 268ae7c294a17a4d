package dev.herald.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.herald.schema.Utc;
import dev.herald.smtp.SmtpReply;
import dev.herald.tracking.DeliveryKey;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One group of outcomes and claims. What is usual, all accepted and claims of one send,
 * is a single statement that commits itself: one round trip to the database, where a
 * transaction around two statements took five. Everything else is written in a
 * transaction. Deliveries are named by row values, since H2 uses its primary key for
 * those (16 us a message) and not for an IN over the second column (440 us). Thread-safe.
 */
@Component
class LedgerGroup {

	/**
	 * Consent as it is now, not as it was at the freeze: who unsubscribed or paused since
	 * gets no mail.
	 */
	private static final String CONSENT = """
			EXISTS (SELECT 1 FROM subscription p WHERE p.newsletter_id = ?
			        AND p.subscriber_id = delivery.subscriber_id AND p.state = 'ACTIVE'
			        AND (p.paused_until IS NULL OR p.paused_until <= ?))
			AND NOT EXISTS (SELECT 1 FROM suppression x JOIN subscriber s ON s.match_key = x.match_key
			        WHERE s.id = delivery.subscriber_id)
			""";

	/**
	 * UNCERTAIN too: a reply that comes after the row was taken for dead is still the
	 * truth.
	 */
	private static final String ON_THE_WAY = "state IN (1, 5)";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	LedgerGroup(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * @param again a commit of the same group failed before, and may have succeeded all
	 * the same
	 */
	void write(List<GroupCommit.Member> group, boolean again) {
		List<Settlement> accepted = new ArrayList<>();
		List<Settlement> others = new ArrayList<>();
		Map<ActiveSend, List<GroupCommit.Member>> claims = new LinkedHashMap<>();
		for (GroupCommit.Member member : group) {
			Settlement settlement = member.settlement();
			if (settlement != null) {
				((settlement.state() == DeliveryState.ACCEPTED) ? accepted : others).add(settlement);
			}
			Claim claim = member.claim();
			if (claim != null) {
				claims.computeIfAbsent(claim.send(), (send) -> new ArrayList<>()).add(member);
			}
		}
		List<DeliveryKey> done = accepted.stream().map(Settlement::key).toList();
		if (others.isEmpty() && !again && claims.size() <= 1) {
			advance(done, claims);
		}
		else {
			this.transactions.executeWithoutResult((status) -> {
				others.forEach(this::settle);
				if (again) {
					claims.forEach(this::undo);
				}
				advance(done, claims);
			});
		}
	}

	private void advance(List<DeliveryKey> accepted, Map<ActiveSend, List<GroupCommit.Member>> claims) {
		if (claims.size() == 1) {
			claims.forEach((send, members) -> advance(accepted, send, members));
			return;
		}
		accept(accepted);
		claims.forEach((send, members) -> advance(List.of(), send, members));
	}

	private void accept(List<DeliveryKey> accepted) {
		if (!accepted.isEmpty()) {
			this.jdbc.sql("UPDATE delivery SET state = 2, changed_at = ? WHERE " + in(accepted) + " AND " + ON_THE_WAY)
				.param(now())
				.params(keys(accepted))
				.update();
		}
	}

	/**
	 * Marks the first ACCEPTED, and those SENDING that still wait, are not past their
	 * deadline, whose subscribers still consent, and whose send this process still owns
	 * and runs; all in one statement, so nothing comes between.
	 */
	private void advance(List<DeliveryKey> accepted, ActiveSend send, List<GroupCommit.Member> members) {
		List<DeliveryKey> wanted = members.stream().map(LedgerGroup::key).toList();
		List<DeliveryKey> all = Stream.concat(accepted.stream(), wanted.stream()).toList();
		// MySQL gives state its new value before it reads the assignments behind it; H2
		// does not. So state comes last.
		int changed = this.jdbc
			.sql("""
					UPDATE delivery SET changed_at = ?,
					attempts = CASE WHEN state IN (0, 3) THEN LEAST(attempts + 1, 127) ELSE attempts END,
					state = CASE WHEN state IN (0, 3) THEN 1 ELSE 2 END
					WHERE
					""" + in(all) + " AND (" + (accepted.isEmpty() ? "" : ON_THE_WAY + " AND " + in(accepted) + " OR ")
					+ """
							send_id = ? AND state IN (0, 3) AND next_at <= ? AND due_at >= ?
							AND EXISTS (SELECT 1 FROM send o WHERE o.id = ? AND o.owner = ? AND o.status IN ('RUNNING', 'WAITING'))
							AND
							"""
					+ CONSENT + ")")
			.param(now())
			.params(keys(all))
			.params(keys(accepted))
			.params(send.send().id(), now(), LedgerTime.of(send.dueSince(this.clock.instant())), send.send().id(),
					send.owner(), send.newsletterId(), Utc.of(this.clock.instant()))
			.update();
		if (changed == all.size()) {
			members.forEach((member) -> member.answer(Claim.Answer.CLAIMED));
		}
		else {
			explain(send, members, wanted);
		}
	}

	private static DeliveryKey key(GroupCommit.Member member) {
		return Objects.requireNonNull(member.claim()).delivery().key();
	}

	private void settle(Settlement settlement) {
		if (settlement.state() == DeliveryState.READY) {
			giveBack(settlement);
		}
		else {
			record(settlement);
		}
	}

	private void record(Settlement settlement) {
		SmtpReply reply = settlement.reply();
		if (reply != null) {
			recordReply(settlement.key(), reply);
		}
		this.jdbc.sql("""
				UPDATE delivery SET state = :state, next_at = :next, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND state IN (1, 5)
				""")
			.param("state", settlement.state().code())
			.param("next", (settlement.nextAt() != null) ? LedgerTime.of(settlement.nextAt()) : now())
			.param("now", now())
			.param("issue", settlement.key().issueId())
			.param("subscriber", settlement.key().subscriberId())
			.update();
		if (settlement.state() == DeliveryState.REJECTED && reply != null) {
			this.events.publishEvent(new DeliveryRejected(settlement.key(), reply, settlement.addressIsDead()));
		}
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

	/** Nothing was handed over: the attempt does not count. */
	private void giveBack(Settlement settlement) {
		this.jdbc.sql("""
				UPDATE delivery SET state = 0, attempts = attempts - 1, next_at = :next, changed_at = :now
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND state = 1
				""")
			.param("next", (settlement.nextAt() != null) ? LedgerTime.of(settlement.nextAt()) : now())
			.param("now", now())
			.param("issue", settlement.key().issueId())
			.param("subscriber", settlement.key().subscriberId())
			.update();
	}

	/** Takes back what a commit did that was believed to have failed. */
	private void undo(ActiveSend send, List<GroupCommit.Member> members) {
		members.forEach((member) -> undo(send, Objects.requireNonNull(member.claim()).delivery()));
	}

	private void undo(ActiveSend send, ReadyDelivery delivery) {
		this.jdbc.sql("""
				UPDATE delivery SET state = 0, attempts = ?
				WHERE issue_id = ? AND subscriber_id = ? AND send_id = ? AND state = 1 AND attempts = ?
				""")
			.params(delivery.attempts(), delivery.key().issueId(), delivery.key().subscriberId(), send.send().id(),
					delivery.nextAttempt())
			.update();
	}

	/** Some were not claimed: which, and why not. */
	private void explain(ActiveSend send, List<GroupCommit.Member> members, List<DeliveryKey> wanted) {
		Standing standing = standing(send);
		// Only the owner's process claims. Whoever is not the owner any more may see
		// deliveries that the new one is sending.
		Set<DeliveryKey> sending = standing.owned() ? sending(send, wanted) : Set.of();
		for (int i = 0; i < members.size(); i++) {
			DeliveryKey key = wanted.get(i);
			members.get(i)
				.answer(sending.contains(key) ? Claim.Answer.CLAIMED : refused(send, key, standing.running()));
		}
	}

	private Set<DeliveryKey> sending(ActiveSend send, List<DeliveryKey> keys) {
		return Set.copyOf(this.jdbc
			.sql("SELECT issue_id, subscriber_id FROM delivery WHERE " + in(keys) + " AND send_id = ? AND state = 1")
			.params(keys(keys))
			.param(send.send().id())
			.query((row, number) -> new DeliveryKey(row.getInt("issue_id"), row.getInt("subscriber_id")))
			.list());
	}

	private Claim.Answer refused(ActiveSend send, DeliveryKey key, boolean running) {
		if (!running) {
			return Claim.Answer.STOPPED;
		}
		return skipWithoutConsent(send, key) ? Claim.Answer.SKIPPED : Claim.Answer.GONE;
	}

	private Standing standing(ActiveSend send) {
		return this.jdbc.sql("SELECT status IN ('RUNNING', 'WAITING') FROM send WHERE id = ? AND owner = ?")
			.params(send.send().id(), send.owner())
			.query(Boolean.class)
			.optional()
			.map((running) -> new Standing(true, running))
			.orElse(new Standing(false, false));
	}

	private boolean skipWithoutConsent(ActiveSend send, DeliveryKey delivery) {
		return this.jdbc.sql("""
				UPDATE delivery SET state = 6, changed_at = ?
				WHERE issue_id = ? AND subscriber_id = ? AND send_id = ? AND state IN (0, 3) AND NOT (
				""" + CONSENT + ")")
			.params(now(), delivery.issueId(), delivery.subscriberId(), send.send().id(), send.newsletterId(),
					Utc.of(this.clock.instant()))
			.update() == 1;
	}

	/**
	 * Padded to a power of two with the last key again, so that few different statements
	 * are prepared.
	 */
	private static String in(List<DeliveryKey> keys) {
		return "(issue_id, subscriber_id) IN (" + String.join(", ", Collections.nCopies(padded(keys.size()), "(?, ?)"))
				+ ")";
	}

	private static List<Object> keys(List<DeliveryKey> keys) {
		List<Object> values = new ArrayList<>();
		for (int i = 0; i < padded(keys.size()); i++) {
			DeliveryKey key = keys.get(Math.min(i, keys.size() - 1));
			values.add(key.issueId());
			values.add(key.subscriberId());
		}
		return values;
	}

	private static int padded(int size) {
		return (size < 2) ? size : Integer.highestOneBit(size - 1) << 1;
	}

	private int now() {
		return LedgerTime.of(this.clock.instant());
	}

	private record Standing(boolean owned, boolean running) {
	}

}
