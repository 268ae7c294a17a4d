package dev.herald.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.herald.schema.Utc;
import dev.herald.smtp.SmtpReply;
import dev.herald.tracking.DeliveryKey;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One group of outcomes and claims, written in one transaction: a statement for all that
 * was accepted, one for the claims of each send, and one each for the rest, which is
 * rare. Deliveries are named by row values, since H2 uses its primary key for those (16
 * us a message) and not for an IN over the second column (440 us). Thread-safe.
 */
@Component
class LedgerGroup {

	/**
	 * Consent as it is now, not as it was at the freeze: who unsubscribed since gets no
	 * mail.
	 */
	private static final String CONSENT = """
			EXISTS (SELECT 1 FROM subscription p WHERE p.newsletter_id = ?
			        AND p.subscriber_id = delivery.subscriber_id AND p.state = 'ACTIVE')
			AND NOT EXISTS (SELECT 1 FROM suppression x JOIN subscriber s ON s.match_key = x.match_key
			        WHERE s.id = delivery.subscriber_id)
			""";

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
		this.transactions.executeWithoutResult((status) -> {
			settle(group.stream().map(GroupCommit.Member::settlement).filter(Objects::nonNull).toList());
			Map<ActiveSend, List<GroupCommit.Member>> bySend = new LinkedHashMap<>();
			for (GroupCommit.Member member : group) {
				Claim claim = member.claim();
				if (claim != null) {
					bySend.computeIfAbsent(claim.send(), (send) -> new ArrayList<>()).add(member);
				}
			}
			bySend.forEach((send, members) -> claim(send, members, again));
		});
	}

	private void settle(List<Settlement> settlements) {
		List<DeliveryKey> accepted = new ArrayList<>();
		for (Settlement settlement : settlements) {
			switch (settlement.state()) {
				case ACCEPTED -> accepted.add(settlement.key());
				case READY -> giveBack(settlement);
				default -> record(settlement);
			}
		}
		if (!accepted.isEmpty()) {
			// 5 too: a reply that comes after the row was taken for dead is still the
			// truth.
			this.jdbc
				.sql("UPDATE delivery SET state = 2, changed_at = ? WHERE " + in(accepted) + " AND state IN (1, 5)")
				.param(now())
				.params(keys(accepted))
				.update();
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

	/**
	 * Marks deliveries SENDING that still wait, are not past their deadline, whose
	 * subscribers still consent, and whose send this process still owns and runs; all in
	 * one statement, so nothing comes between.
	 */
	private void claim(ActiveSend send, List<GroupCommit.Member> members, boolean again) {
		List<ReadyDelivery> wanted = members.stream()
			.map((member) -> Objects.requireNonNull(member.claim()).delivery())
			.toList();
		if (again) {
			wanted.forEach((delivery) -> undo(send, delivery));
		}
		List<DeliveryKey> keys = wanted.stream().map(ReadyDelivery::key).toList();
		int claimed = this.jdbc.sql("""
				UPDATE delivery SET state = 1, attempts = LEAST(attempts + 1, 127), changed_at = ?
				WHERE
				""" + in(keys) + """
				 AND send_id = ? AND state IN (0, 3) AND next_at <= ? AND due_at >= ?
				AND EXISTS (SELECT 1 FROM send o WHERE o.id = ? AND o.owner = ? AND o.status IN ('RUNNING', 'WAITING'))
				AND
				""" + CONSENT)
			.param(now())
			.params(keys(keys))
			.params(send.send().id(), now(), LedgerTime.of(send.dueSince(this.clock.instant())), send.send().id(),
					send.owner(), send.newsletterId())
			.update();
		if (claimed == members.size()) {
			members.forEach((member) -> member.answer(Claim.Answer.CLAIMED));
			return;
		}
		explain(send, members, keys);
	}

	/** Takes back what a commit did that was believed to have failed. */
	private void undo(ActiveSend send, ReadyDelivery delivery) {
		this.jdbc.sql("""
				UPDATE delivery SET state = 0, attempts = ?
				WHERE issue_id = ? AND subscriber_id = ? AND send_id = ? AND state = 1 AND attempts = ?
				""")
			.params(delivery.attempts(), delivery.key().issueId(), delivery.key().subscriberId(), send.send().id(),
					delivery.nextAttempt())
			.update();
	}

	private void explain(ActiveSend send, List<GroupCommit.Member> members, List<DeliveryKey> keys) {
		Set<DeliveryKey> sending = new HashSet<>(this.jdbc
			.sql("SELECT issue_id, subscriber_id FROM delivery WHERE " + in(keys) + " AND send_id = ? AND state = 1")
			.params(keys(keys))
			.param(send.send().id())
			.query((row, number) -> new DeliveryKey(row.getInt("issue_id"), row.getInt("subscriber_id")))
			.list());
		boolean ours = isOurs(send);
		for (int i = 0; i < members.size(); i++) {
			members.get(i).answer(answer(send, keys.get(i), sending.contains(keys.get(i)), ours));
		}
	}

	private Claim.Answer answer(ActiveSend send, DeliveryKey key, boolean sending, boolean ours) {
		if (sending) {
			return Claim.Answer.CLAIMED;
		}
		if (!ours) {
			return Claim.Answer.STOPPED;
		}
		return skipWithoutConsent(send, key) ? Claim.Answer.SKIPPED : Claim.Answer.GONE;
	}

	private boolean isOurs(ActiveSend send) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM send WHERE id = ? AND owner = ? AND status IN ('RUNNING', 'WAITING')
				""").params(send.send().id(), send.owner()).query(Integer.class).single() == 1;
	}

	private boolean skipWithoutConsent(ActiveSend send, DeliveryKey delivery) {
		return this.jdbc.sql("""
				UPDATE delivery SET state = 6, changed_at = ?
				WHERE issue_id = ? AND subscriber_id = ? AND send_id = ? AND state IN (0, 3) AND NOT (
				""" + CONSENT + ")")
			.params(now(), delivery.issueId(), delivery.subscriberId(), send.send().id(), send.newsletterId())
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
		return (size == 1) ? 1 : Integer.highestOneBit(size - 1) << 1;
	}

	private int now() {
		return LedgerTime.of(this.clock.instant());
	}

}
