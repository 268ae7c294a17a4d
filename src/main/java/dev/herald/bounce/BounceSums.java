package dev.herald.bounce;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import dev.herald.delivery.DeliveriesMoved;
import dev.herald.tracking.DeliveryKey;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds up who bounced, by issue: what one recipient counts for is taken off and put on
 * again in the transaction that changes it. What changes many at once throws the sums of
 * the issue away, and whoever looks next counts them from the records, for good. All of
 * that goes through the row of the issue in {@code bounce_counted}, one after the other.
 * Thread-safe.
 */
@Component
class BounceSums {

	/**
	 * Not the bounces of a rehearsal whose row in the ledger has given way to a real
	 * send's. Of the latest send none has given way to another: the ledger is asked only
	 * about earlier ones.
	 */
	static final String OF_THE_LEDGER = """
			AND (b.send_id = (SELECT MAX(o.id) FROM send o WHERE o.issue_id = b.issue_id)
			     OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.issue_id = b.issue_id
			                    AND d.subscriber_id = b.subscriber_id AND d.send_id <> b.send_id))
			""";

	private static final String BOUNCED = " FROM bounce b WHERE %s AND b.bounce_class <> 'NONE' " + OF_THE_LEDGER;

	/**
	 * Each recipient once in each of the four, however often a mail to it came back; by
	 * the minute at the first.
	 */
	private static final String COUNTED = """
			SELECT b.issue_id, 'ALL' AS part, b.bounce_class, '' AS what, COUNT(DISTINCT b.subscriber_id) AS recipients
			%1$s GROUP BY b.issue_id, b.bounce_class
			UNION ALL SELECT b.issue_id, 'REASON', b.bounce_class, b.reason, COUNT(DISTINCT b.subscriber_id)
			%1$s GROUP BY b.issue_id, b.bounce_class, b.reason
			UNION ALL SELECT b.issue_id, 'PROVIDER', b.bounce_class, CONCAT(b.provider, ''), COUNT(DISTINCT b.subscriber_id)
			%1$s GROUP BY b.issue_id, b.bounce_class, b.provider
			UNION ALL SELECT f.issue_id, 'MINUTE', f.bounce_class, f.first_at, COUNT(*)
			FROM (SELECT b.issue_id, b.bounce_class, SUBSTRING(CONCAT(MIN(b.received_at), ''), 1, 16) AS first_at
			      %1$s GROUP BY b.issue_id, b.bounce_class, b.subscriber_id) f
			GROUP BY f.issue_id, f.bounce_class, f.first_at
			"""
		.formatted(BOUNCED);

	private static final String OF_ISSUE = COUNTED.replace("%s", "b.issue_id = :issue");

	private static final String OF_RECIPIENT = COUNTED.replace("%s",
			"b.issue_id = :issue AND b.subscriber_id = :subscriber");

	private static final String INSERT = "INSERT INTO bounce_count (issue_id, part, bounce_class, what, recipients) ";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	BounceSums(JdbcClient jdbc, TransactionTemplate transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	/**
	 * Within the transaction that changes the bounces of one recipient.
	 * @param change to nobody else's, or {@link #throwAway} is called in it
	 */
	<T> T changing(DeliveryKey delivery, Supplier<T> change) {
		if (!lock(delivery.issueId())) {
			return change.get();
		}
		add(delivery, '-');
		T changed = change.get();
		add(delivery, '+');
		return changed;
	}

	/**
	 * Until the transaction ends.
	 * @return whether there are sums to be kept exact
	 */
	private boolean lock(int issueId) {
		this.jdbc.sql(
				"INSERT INTO bounce_counted (issue_id, counted) VALUES (?, 0) ON DUPLICATE KEY UPDATE counted = counted")
			.param(issueId)
			.update();
		return this.jdbc.sql("SELECT counted FROM bounce_counted WHERE issue_id = ? FOR UPDATE")
			.param(issueId)
			.query(Boolean.class)
			.single();
	}

	/** By one statement that writes: such see what others have committed meanwhile. */
	private void add(DeliveryKey delivery, char sign) {
		this.jdbc
			.sql(INSERT + "SELECT c.issue_id, c.part, c.bounce_class, c.what, " + sign + "c.recipients FROM ("
					+ OF_RECIPIENT
					+ ") c ON DUPLICATE KEY UPDATE recipients = bounce_count.recipients + VALUES(recipients)")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.update();
	}

	/**
	 * Within the transaction that changes the bounces of many. Writes the row even where
	 * there is none: who counts the issue for the first time now is waited for.
	 */
	void throwAway(int issueId) {
		this.jdbc
			.sql("INSERT INTO bounce_counted (issue_id, counted) VALUES (?, 0) ON DUPLICATE KEY UPDATE counted = 0")
			.param(issueId)
			.update();
	}

	@EventListener
	void on(DeliveriesMoved moved) {
		throwAway(moved.issueId());
	}

	/** Counts those of the issues that have no sums, or none that hold. */
	void keep(Collection<Integer> issueIds) {
		if (issueIds.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				SELECT i.id FROM issue i
				WHERE i.id IN (:issues) AND EXISTS (SELECT 1 FROM bounce b WHERE b.issue_id = i.id)
				AND NOT EXISTS (SELECT 1 FROM bounce_counted k WHERE k.issue_id = i.id AND k.counted = 1)
				ORDER BY i.id
				""").param("issues", issueIds).query(Integer.class).list().forEach(this::count);
	}

	private void count(int issueId) {
		this.transactions.executeWithoutResult((status) -> {
			if (!lock(issueId)) {
				this.jdbc.sql("DELETE FROM bounce_count WHERE issue_id = ?").param(issueId).update();
				this.jdbc.sql(INSERT + OF_ISSUE).param("issue", issueId).update();
				this.jdbc.sql("UPDATE bounce_counted SET counted = 1 WHERE issue_id = ?").param(issueId).update();
			}
		});
	}

	/**
	 * Counts the records anew.
	 * @return whether what is kept says the same: unless somebody wrote to the tables by
	 * hand, it does
	 */
	boolean areExact(int issueId) {
		keep(List.of(issueId));
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM (
				    SELECT f.part, f.bounce_class, f.what FROM (
				        SELECT part, bounce_class, what, recipients FROM bounce_count WHERE issue_id = :issue
				        UNION ALL
				        SELECT c.part, c.bounce_class, c.what, -c.recipients FROM (%s) c) f
				    GROUP BY f.part, f.bounce_class, f.what HAVING SUM(f.recipients) <> 0) d
				""".formatted(OF_ISSUE)).param("issue", issueId).query(Integer.class).single() == 0;
	}

}
