package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;

import dev.herald.pacing.WarmUp;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import dev.herald.segment.SegmentSql;
import dev.herald.segment.SegmentSqls;
import dev.herald.segment.Tree;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a send's audience into the ledger, once, by one INSERT … SELECT, and proves it
 * in the same transaction: every subscription is in the ledger or is counted under what
 * excludes it.
 */
@Component
class AudienceFreeze {

	private static final String RECIPIENT = "recipient";

	/**
	 * What keeps a subscription out, in this order: each is counted under the first that
	 * holds.
	 */
	private static final String EXCLUSION = """
			CASE WHEN p.state = 'PENDING' THEN 'unconfirmed'
			     WHEN p.state = 'UNSUBSCRIBED' THEN 'unsubscribed'
			     WHEN EXISTS (SELECT 1 FROM suppression x WHERE x.match_key = s.match_key) THEN 'suppressed'
			     WHEN p.paused_until > :at THEN 'paused'
			     %s
			     %s
			     ELSE 'recipient' END
			""";

	/**
	 * Asked only where there is another send of the issue: reading the table that it
	 * writes to, MariaDB makes the INSERT take a detour over a temporary one.
	 */
	private static final String ALREADY = """
			WHEN EXISTS (SELECT 1 FROM delivery d JOIN send o ON o.id = d.send_id
			             WHERE d.issue_id = :issue AND d.subscriber_id = s.id AND d.send_id <> :send
			             AND o.rehearsal = 0) THEN 'already'
			""";

	/**
	 * Comes last: it counts those whom the segment alone keeps out.
	 */
	private static final String OUTSIDE = "WHEN NOT (%s) THEN 'outside'";

	/** Who read something lately comes first; then who came lately. */
	private static final String ENGAGEMENT = """
			, ROW_NUMBER() OVER (ORDER BY s.last_engaged_at DESC, p.changed_at DESC, s.id) AS place
			""";

	private final SendFigures figures;

	private final SendStore store;

	private final SegmentSqls segments;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	AudienceFreeze(SendFigures figures, SendStore store, SegmentSqls segments, JdbcClient jdbc,
			TransactionTemplate transactions, Clock clock) {
		this.figures = figures;
		this.store = store;
		this.segments = segments;
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
		// One view for what is written and what is counted, on H2 too, whose default is
		// one for each statement. There it is one of each table, from its first use on:
		// the INSERT uses all of them, and the counts after it see what it saw.
		this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.clock = clock;
	}

	/**
	 * The recipients that a freeze would count now, by their zones as they are on record.
	 * @param tree null: of all
	 */
	Map<String, Integer> zones(int issueId, @Nullable Tree tree) {
		int newsletterId = this.jdbc.sql("SELECT newsletter_id FROM issue WHERE id = :issue")
			.param("issue", issueId)
			.query(Integer.class)
			.single();
		Scope scope = scope(newsletterId, issueId, 0, tree);
		Map<String, Integer> zones = new TreeMap<>();
		this.jdbc.sql("SELECT zone, COUNT(*) AS people FROM (SELECT s.zone, " + exclusion(scope) + """
				 AS decided FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				WHERE p.newsletter_id = :newsletter) audience WHERE decided = 'recipient' GROUP BY zone
				""").params(scope.values()).query((row) -> {
			zones.put(row.getString("zone"), row.getInt("people"));
		});
		return zones;
	}

	/**
	 * What a freeze would count now.
	 * @param tree null: of all
	 */
	Send.Audience preview(int newsletterId, int issueId, @Nullable Tree tree) {
		return audience(decided(scope(newsletterId, issueId, 0, tree), ""));
	}

	private Scope scope(int newsletterId, int issueId, int sendId, @Nullable Tree tree) {
		Instant now = this.clock.instant();
		return new Scope(newsletterId, issueId, sendId, Utc.of(now),
				(tree != null) ? this.segments.of(tree, newsletterId, now) : null);
	}

	/**
	 * Does nothing for a send that has its audience. The segment is the one that the send
	 * was asked for with, whatever became of it since. Rehearsal rows of earlier sends
	 * give way.
	 * @param dueTimes how many are due when, for a number of recipients that takes a
	 * while to count; empty means all at once
	 * @throws Problem when a subscription is neither in the ledger nor excluded for a
	 * reason; nothing is written then
	 */
	void freeze(int sendId, int issueId, int newsletterId, Function<IntSupplier, List<WarmUp.Portion>> dueTimes) {
		this.transactions.executeWithoutResult((status) -> {
			Plan plan = plan(sendId);
			if (plan.frozen()) {
				return;
			}
			Scope scope = scope(newsletterId, issueId, sendId, this.store.tree(sendId).orElse(null));
			deleteRehearsals(sendId, issueId);
			int written = insert(scope, plan.clock(), dueTimes.apply(() -> audience(decided(scope, "")).recipients()));
			this.store.recordAudience(sendId, proven(scope, written));
		});
	}

	/**
	 * Who is not in the ledger must be excluded for a reason, and both together must be
	 * all.
	 */
	private Send.Audience proven(Scope scope, int written) {
		Map<String, Integer> excluded = decided(scope,
				"""
						 AND NOT EXISTS (SELECT 1 FROM delivery f WHERE f.issue_id = :issue AND f.subscriber_id = p.subscriber_id
						                 AND f.send_id = :send)
						""");
		int forgotten = excluded.getOrDefault(RECIPIENT, 0);
		excluded.put(RECIPIENT, written);
		Send.Audience audience = audience(excluded);
		int all = this.jdbc.sql("SELECT COUNT(*) FROM subscription WHERE newsletter_id = :newsletter")
			.param("newsletter", scope.newsletterId())
			.query(Integer.class)
			.single();
		if (forgotten > 0 || audience.subscriptions() != all) {
			throw Problem
				.work(Sentence.of("delivery.audience-changed", written, forgotten, audience.subscriptions(), all));
		}
		return audience;
	}

	/**
	 * FOR UPDATE: a second process that freezes the same send waits here, and then finds
	 * it done.
	 */
	private Plan plan(int sendId) {
		return this.jdbc.sql("SELECT recipients, local_at, zone FROM send WHERE id = :send FOR UPDATE")
			.param("send", sendId)
			.query((row, n) -> {
				LocalDateTime local = row.getObject("local_at", LocalDateTime.class);
				return new Plan(row.getObject("recipients") != null,
						(local != null) ? new LocalClock(local, ZoneId.of(row.getString("zone"))) : null);
			})
			.single();
	}

	private void deleteRehearsals(int sendId, int issueId) {
		this.figures.throwAway(issueId);
		for (String table : new String[] { "delivery_reply", "delivery" }) {
			this.jdbc.sql("DELETE FROM " + table + """
					 WHERE issue_id = :issue AND subscriber_id IN (
					   SELECT rehearsed.subscriber_id FROM (
					     SELECT d.subscriber_id FROM delivery d JOIN send o ON o.id = d.send_id
					     WHERE d.issue_id = :issue AND o.rehearsal = 1 AND d.send_id <> :send) rehearsed)
					""").param("issue", issueId).param("send", sendId).update();
		}
	}

	private int insert(Scope scope, @Nullable LocalClock clock, List<WarmUp.Portion> portions) {
		Instant now = this.clock.instant();
		DueTimes dueTimes = new DueTimes(now, portions, clock, (clock != null) ? zones(scope) : List.of());
		String due = dueTimes.sql();
		Map<String, Object> values = new HashMap<>(scope.values());
		values.putAll(dueTimes.values());
		values.put("now", LedgerTime.of(now));
		return this.jdbc.sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				SELECT :issue, a.id, :send, 0, a.provider, 0, %s, %s, :now
				FROM (SELECT s.id, s.zone, COALESCE(m.provider, 0) AS provider%s
				      FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				      LEFT JOIN mail_domain m ON m.name = %s
				      WHERE p.newsletter_id = :newsletter AND %s = 'recipient') a
				""".formatted(due, due, portions.isEmpty() ? "" : ENGAGEMENT, SegmentSql.DOMAIN, exclusion(scope)))
			.params(values)
			.update();
	}

	private List<String> zones(Scope scope) {
		return this.jdbc.sql("""
				SELECT DISTINCT s.zone FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				WHERE p.newsletter_id = :newsletter AND s.zone <> ''
				""").param("newsletter", scope.newsletterId()).query(String.class).list();
	}

	/**
	 * @param further condition on the subscriptions that are counted
	 */
	private Map<String, Integer> decided(Scope scope, String further) {
		Map<String, Integer> counts = new HashMap<>();
		this.jdbc.sql("SELECT decided, COUNT(*) AS people FROM (SELECT " + exclusion(scope) + """
				 AS decided FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				WHERE p.newsletter_id = :newsletter
				""" + further + """
				) audience GROUP BY decided
				""").params(scope.values()).query((row) -> {
			counts.put(row.getString("decided"), row.getInt("people"));
		});
		return counts;
	}

	private String exclusion(Scope scope) {
		boolean hasOtherSends = this.jdbc
			.sql("SELECT COUNT(*) FROM send WHERE issue_id = :issue AND id <> :send AND rehearsal = 0")
			.params(scope.values())
			.query(Integer.class)
			.single() > 0;
		SegmentSql segment = scope.segment();
		return EXCLUSION.formatted(hasOtherSends ? ALREADY : "",
				(segment != null) ? OUTSIDE.formatted(segment.condition()) : "");
	}

	private static Send.Audience audience(Map<String, Integer> decided) {
		int all = decided.values().stream().mapToInt(Integer::intValue).sum();
		return new Send.Audience(all, decided.getOrDefault(RECIPIENT, 0), decided.getOrDefault("unconfirmed", 0),
				decided.getOrDefault("unsubscribed", 0), decided.getOrDefault("suppressed", 0),
				decided.getOrDefault("paused", 0), decided.getOrDefault("already", 0),
				decided.getOrDefault("outside", 0));
	}

	/**
	 * @param clock null: all recipients are due at one instant
	 */
	private record Plan(boolean frozen, @Nullable LocalClock clock) {
	}

	/**
	 * @param at what pauses are held against, the same for what is written and what is
	 * counted
	 * @param segment null: all
	 */
	private record Scope(int newsletterId, int issueId, int sendId, LocalDateTime at, @Nullable SegmentSql segment) {

		Map<String, Object> values() {
			Map<String, Object> values = new HashMap<>(
					Map.of("newsletter", this.newsletterId, "issue", this.issueId, "send", this.sendId, "at", this.at));
			if (this.segment != null) {
				values.putAll(this.segment.values());
			}
			return values;
		}

	}

}
