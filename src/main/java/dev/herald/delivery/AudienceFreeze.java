package dev.herald.delivery;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import dev.herald.pacing.WarmUp;
import dev.herald.problem.Problem;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a send's audience into the ledger, once, by one INSERT … SELECT, and counts it
 * before and after: every subscription is a recipient or is named as an exclusion.
 */
@Component
class AudienceFreeze {

	/**
	 * What keeps a subscription out, in this order: each is counted under the first that
	 * holds.
	 */
	private static final String EXCLUSION = """
			CASE WHEN p.state = 'PENDING' THEN 'unconfirmed'
			     WHEN p.state = 'UNSUBSCRIBED' THEN 'unsubscribed'
			     WHEN EXISTS (SELECT 1 FROM suppression x WHERE x.match_key = s.match_key) THEN 'suppressed'
			     WHEN EXISTS (SELECT 1 FROM delivery d JOIN send o ON o.id = d.send_id
			                  WHERE d.issue_id = :issue AND d.subscriber_id = s.id AND d.send_id <> :send
			                  AND o.rehearsal = 0) THEN 'already'
			     ELSE 'recipient' END
			""";

	/** A subscriber's domain; the keys are in lower case, with A-labels. */
	static final String DOMAIN = "SUBSTRING(s.match_key, LOCATE('@', s.match_key) + 1)";

	/** Who read something lately comes first; then who came lately. */
	private static final String ENGAGEMENT = """
			, ROW_NUMBER() OVER (ORDER BY s.last_engaged_at DESC, p.changed_at DESC, s.id) AS place
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	AudienceFreeze(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** What a freeze would count now. */
	Send.Audience preview(int newsletterId, int issueId) {
		return count(newsletterId, issueId, 0);
	}

	/**
	 * Does nothing for a send that has its audience. Rehearsal rows of earlier sends give
	 * way.
	 * @param dueTimes given the number of recipients, how many are due when; empty means
	 * all at once
	 * @throws Problem when subscriptions changed while it counted, so that the sums
	 * differ; nothing is written then
	 */
	void freeze(int sendId, int issueId, int newsletterId, IntFunction<List<WarmUp.Portion>> dueTimes) {
		this.transactions.executeWithoutResult((status) -> {
			if (isFrozen(sendId)) {
				return;
			}
			deleteRehearsals(sendId, issueId);
			Send.Audience before = count(newsletterId, issueId, sendId);
			int inserted = insert(sendId, issueId, newsletterId, dueTimes.apply(before.recipients()));
			Send.Audience after = count(newsletterId, issueId, sendId);
			if (inserted != before.recipients() || !before.equals(after)) {
				throw Problem.work(
						"Subscriptions changed while the audience was counted (%d before, %d written, %d after). Nothing was sent; start the send again."
							.formatted(before.recipients(), inserted, after.recipients()));
			}
			record(sendId, after);
		});
	}

	/**
	 * FOR UPDATE: a second process that freezes the same send waits here, and then finds
	 * it done.
	 */
	private boolean isFrozen(int sendId) {
		return this.jdbc.sql("SELECT recipients FROM send WHERE id = :send FOR UPDATE")
			.param("send", sendId)
			.query((row, n) -> row.getObject("recipients") != null)
			.single();
	}

	private void deleteRehearsals(int sendId, int issueId) {
		for (String table : new String[] { "delivery_reply", "delivery" }) {
			this.jdbc.sql("DELETE FROM " + table + """
					 WHERE issue_id = :issue AND subscriber_id IN (
					   SELECT rehearsed.subscriber_id FROM (
					     SELECT d.subscriber_id FROM delivery d JOIN send o ON o.id = d.send_id
					     WHERE d.issue_id = :issue AND o.rehearsal = 1 AND d.send_id <> :send) rehearsed)
					""").param("issue", issueId).param("send", sendId).update();
		}
	}

	private int insert(int sendId, int issueId, int newsletterId, List<WarmUp.Portion> portions) {
		Map<String, Object> values = new HashMap<>(Map.of("issue", issueId, "send", sendId, "newsletter", newsletterId,
				"now", LedgerTime.of(this.clock.instant())));
		String place = portions.isEmpty() ? "" : ENGAGEMENT;
		String due = dueAt(portions, values);
		return this.jdbc.sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				SELECT :issue, a.id, :send, 0, a.provider, 0, %s, %s, :now
				FROM (SELECT s.id, COALESCE(m.provider, 0) AS provider%s
				      FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				      LEFT JOIN mail_domain m ON m.name = %s
				      WHERE p.newsletter_id = :newsletter AND %s = 'recipient') a
				""".formatted(due, due, place, DOMAIN, EXCLUSION)).params(values).update();
	}

	/** By a recipient's place, in order of engagement. */
	private static String dueAt(List<WarmUp.Portion> portions, Map<String, Object> values) {
		if (portions.isEmpty()) {
			return ":now";
		}
		StringBuilder due = new StringBuilder("CASE");
		long upTo = 0;
		for (int i = 0; i < portions.size(); i++) {
			upTo += portions.get(i).count();
			values.put("upTo" + i, upTo);
			values.put("due" + i, LedgerTime.of(portions.get(i).dueAt()));
			due.append(" WHEN a.place <= :upTo%d THEN :due%d".formatted(i, i));
		}
		return due.append(" ELSE :due%d END".formatted(portions.size() - 1)).toString();
	}

	private Send.Audience count(int newsletterId, int issueId, int sendId) {
		Map<String, Integer> counts = new HashMap<>();
		this.jdbc.sql("SELECT decided, COUNT(*) AS people FROM (SELECT " + EXCLUSION + """
				 AS decided FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				WHERE p.newsletter_id = :newsletter) audience
				GROUP BY decided
				""").param("issue", issueId).param("send", sendId).param("newsletter", newsletterId).query((row) -> {
			counts.put(row.getString("decided"), row.getInt("people"));
		});
		int all = counts.values().stream().mapToInt(Integer::intValue).sum();
		return new Send.Audience(all, counts.getOrDefault("recipient", 0), counts.getOrDefault("unconfirmed", 0),
				counts.getOrDefault("unsubscribed", 0), counts.getOrDefault("suppressed", 0),
				counts.getOrDefault("already", 0));
	}

	private void record(int sendId, Send.Audience audience) {
		this.jdbc.sql("""
				UPDATE send SET subscriptions = :subscriptions, recipients = :recipients, unconfirmed = :unconfirmed,
				unsubscribed = :unsubscribed, suppressed = :suppressed, already_in_ledger = :already
				WHERE id = :send
				""")
			.params(Map.of("subscriptions", audience.subscriptions(), "recipients", audience.recipients(),
					"unconfirmed", audience.unconfirmed(), "unsubscribed", audience.unsubscribed(), "suppressed",
					audience.suppressed(), "already", audience.alreadyInLedger(), "send", sendId))
			.update();
	}

}
