package dev.herald.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The deliveries that a resend was asked for with. They stay what they are until it
 * begins, so that whoever takes it back before has changed nothing; then it takes over
 * those that still are what they were and whose readers may get mail. Thread-safe.
 */
@Component
class ResendList {

	private static final String RECIPIENT = "RECIPIENT";

	/** Whether a delivery's reader may get mail now. */
	private static final String CONSENTS = """
			EXISTS (SELECT 1 FROM subscription p WHERE p.newsletter_id = :newsletter
			        AND p.subscriber_id = delivery.subscriber_id AND p.state = 'ACTIVE'
			        AND (p.paused_until IS NULL OR p.paused_until <= :at))
			AND NOT EXISTS (SELECT 1 FROM suppression x JOIN subscriber s ON s.match_key = x.match_key
			                WHERE s.id = delivery.subscriber_id)
			""";

	private final SendStore store;

	private final SendFigures figures;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	ResendList(SendStore store, SendFigures figures, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
		this.store = store;
		this.figures = figures;
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
		// As the freeze of a first send: one view for what is taken and what is counted.
		this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.clock = clock;
	}

	/**
	 * Within the transaction that asks for the resend.
	 * @return false where the recipients are not those of the selection any more
	 */
	boolean write(Selection selection, int sendId) {
		int listed = this.jdbc.sql("""
				INSERT INTO resend_delivery (send_id, subscriber_id, from_send_id, state)
				SELECT :send, delivery.subscriber_id, delivery.send_id, delivery.state FROM delivery
				WHERE delivery.issue_id = :issue AND delivery.state IN (:states) AND
				""" + CONSENTS)
			.param("send", sendId)
			.param("issue", selection.issue().id())
			.param("states", selection.states().stream().map(DeliveryState::code).toList())
			.param("newsletter", selection.issue().newsletterId())
			.param("at", Utc.of(this.clock.instant()))
			.update();
		// Those who were left out when it was asked for are counted with whoever leaves
		// until it begins.
		this.jdbc.sql("""
				UPDATE send SET unconfirmed = :unconfirmed, unsubscribed = :unsubscribed, suppressed = :suppressed,
				paused = :paused WHERE id = :send
				""")
			.param("unconfirmed", selection.unconfirmed())
			.param("unsubscribed", selection.unsubscribed())
			.param("suppressed", selection.suppressed())
			.param("paused", selection.paused())
			.param("send", sendId)
			.update();
		return listed == selection.recipients();
	}

	/** What the resend would count, if it began now. */
	Send.Audience audience(int sendId, Issue issue) {
		return audience(leftOut(sendId), consents(sendId, issue.id(), issue.newsletterId()));
	}

	/**
	 * Does nothing for one that has begun, or that was taken back meanwhile.
	 * @throws Problem when a delivery of the list is neither taken over nor excluded for
	 * a reason; nothing is changed then
	 */
	void takeOver(Send send, int newsletterId) {
		this.transactions.executeWithoutResult((status) -> {
			// Whoever cancels it waits here, or is waited for.
			if (!lockWaiting(send.id())) {
				return;
			}
			Map<String, Integer> before = leftOut(send.id());
			int taken = take(send, newsletterId);
			Map<String, Integer> excluded = consents(send.id(), send.issueId(), newsletterId);
			int forgotten = excluded.getOrDefault(RECIPIENT, 0);
			if (forgotten > 0) {
				throw Problem.work(Sentence.of("delivery.resend.uncounted", forgotten));
			}
			excluded.put(RECIPIENT, taken);
			this.store.recordAudience(send.id(), audience(before, excluded));
			forgetReplies(send);
			this.figures.throwAway(send.issueId());
			forget(send.id());
		});
	}

	private boolean lockWaiting(int sendId) {
		return this.jdbc.sql("SELECT status, recipients FROM send WHERE id = :send FOR UPDATE")
			.param("send", sendId)
			.query((row, n) -> row.getObject("recipients") == null
					&& (row.getString("status").equals("RUNNING") || row.getString("status").equals("WAITING")))
			.single();
	}

	private int take(Send send, int newsletterId) {
		List<Integer> from = this.jdbc.sql("SELECT DISTINCT from_send_id FROM resend_delivery WHERE send_id = :send")
			.param("send", send.id())
			.query(Integer.class)
			.list();
		if (from.isEmpty()) {
			return 0;
		}
		return this.jdbc.sql("""
				UPDATE delivery SET send_id = :send, state = 0, attempts = 0, due_at = :now, next_at = :now,
				changed_at = :now
				WHERE issue_id = :issue AND send_id IN (:from) AND state IN (:states)
				AND EXISTS (SELECT 1 FROM resend_delivery r WHERE r.send_id = :send
				            AND r.subscriber_id = delivery.subscriber_id AND r.from_send_id = delivery.send_id
				            AND r.state = delivery.state) AND
				""" + CONSENTS)
			.param("send", send.id())
			.param("now", LedgerTime.of(this.clock.instant()))
			.param("issue", send.issueId())
			.param("from", from)
			.param("states", send.resent().stream().map(DeliveryState::code).toList())
			.param("newsletter", newsletterId)
			.param("at", Utc.of(this.clock.instant()))
			.update();
	}

	/** The old attempts' replies would read as the new one's. */
	private void forgetReplies(Send send) {
		this.jdbc.sql("""
				DELETE FROM delivery_reply WHERE issue_id = :issue
				AND subscriber_id IN (SELECT d.subscriber_id FROM delivery d WHERE d.send_id = :send)
				""").param("issue", send.issueId()).param("send", send.id()).update();
	}

	/** Of the deliveries listed, those that were not taken over, by what they are now. */
	private Map<String, Integer> consents(int sendId, int issueId, int newsletterId) {
		Map<String, Integer> counts = new HashMap<>();
		this.jdbc.sql("""
				SELECT consent, COUNT(*) AS deliveries FROM (
				  SELECT CASE WHEN d.send_id IS NULL OR d.send_id <> r.from_send_id OR d.state <> r.state THEN 'SETTLED'
				              ELSE %s END AS consent
				  FROM resend_delivery r JOIN subscriber s ON s.id = r.subscriber_id
				  LEFT JOIN delivery d ON d.issue_id = :issue AND d.subscriber_id = r.subscriber_id
				  LEFT JOIN subscription p ON p.subscriber_id = r.subscriber_id AND p.newsletter_id = :newsletter
				  WHERE r.send_id = :send AND (d.send_id IS NULL OR d.send_id <> :send)) listed
				GROUP BY consent
				""".formatted(SelectionScan.CONSENT))
			.param("send", sendId)
			.param("issue", issueId)
			.param("newsletter", newsletterId)
			.param("now", Utc.of(this.clock.instant()))
			.query((row) -> {
				counts.put(row.getString("consent"), row.getInt("deliveries"));
			});
		return counts;
	}

	/** When it was asked for. */
	private Map<String, Integer> leftOut(int sendId) {
		return this.jdbc.sql("SELECT unconfirmed, unsubscribed, suppressed, paused FROM send WHERE id = :send")
			.param("send", sendId)
			.query(ResendList::leftOut)
			.single();
	}

	private static Map<String, Integer> leftOut(ResultSet row, int number) throws SQLException {
		return Map.of("UNCONFIRMED", row.getInt("unconfirmed"), "UNSUBSCRIBED", row.getInt("unsubscribed"),
				"SUPPRESSED", row.getInt("suppressed"), "PAUSED", row.getInt("paused"));
	}

	private static Send.Audience audience(Map<String, Integer> before, Map<String, Integer> now) {
		Map<String, Integer> all = new HashMap<>(before);
		now.forEach((consent, deliveries) -> all.merge(consent, deliveries, Integer::sum));
		return new Send.Audience(all.values().stream().mapToInt(Integer::intValue).sum(),
				all.getOrDefault(RECIPIENT, 0), all.getOrDefault("UNCONFIRMED", 0), all.getOrDefault("UNSUBSCRIBED", 0),
				all.getOrDefault("SUPPRESSED", 0), all.getOrDefault("PAUSED", 0), all.getOrDefault("SETTLED", 0));
	}

	/** The lists of those that were cancelled before they began. */
	void forgetCancelled() {
		this.jdbc.sql("""
				SELECT o.id FROM send o WHERE o.status = 'CANCELLED' AND o.resent <> ''
				AND EXISTS (SELECT 1 FROM resend_delivery r WHERE r.send_id = o.id)
				""").query(Integer.class).list().forEach(this::forget);
	}

	private void forget(int sendId) {
		this.jdbc.sql("DELETE FROM resend_delivery WHERE send_id = :send").param("send", sendId).update();
	}

}
