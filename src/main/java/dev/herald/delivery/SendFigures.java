package dev.herald.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.herald.schema.Utc;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many deliveries of a send are in which state, by mailbox provider, and when they
 * were accepted. A send that is over is counted once, and what is kept is as exact as the
 * ledger: the few ways in which one of its deliveries can still change either change the
 * figures in the same transaction or throw them away. One way is too fast for that, an
 * answer that comes after its delivery was taken for uncertain; so figures count only
 * while the ledger has as many uncertain ones as they say, which an index tells at once.
 * Everything else is counted when it is asked for. Thread-safe.
 */
@Component
public class SendFigures {

	private static final Logger logger = LoggerFactory.getLogger(SendFigures.class);

	private static final String COUNT = """
			SELECT send_id, provider, state, COUNT(*) AS deliveries FROM delivery WHERE send_id = :send
			GROUP BY send_id, provider, state
			""";

	private static final String KEPT = """
			SELECT send_id, provider, state, deliveries FROM send_count WHERE send_id IN (:send)
			""";

	/** By the primary key, in its order; the index has no times. */
	private static final String MINUTES = """
			SELECT send_id, changed_at - MOD(changed_at, 60) AS minute_at, COUNT(*) AS accepted,
			MIN(changed_at) AS first_at, MAX(changed_at) AS last_at
			FROM delivery WHERE issue_id = (SELECT o.issue_id FROM send o WHERE o.id = :send) AND send_id = :send
			AND state = 2
			GROUP BY send_id, changed_at - MOD(changed_at, 60)
			""";

	/**
	 * True for figures that hold: nothing can become uncertain any more, so as many
	 * uncertain as then are the same.
	 */
	private static final String HOLD = """
			o.counted_at IS NOT NULL
			AND COALESCE((SELECT SUM(c.deliveries) FROM send_count c WHERE c.send_id = o.id AND c.state = 5), 0)
			    = (SELECT COUNT(*) FROM delivery d WHERE d.send_id = o.id AND d.state = 5)
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SendFigures(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Of the deliveries that belong to one send: what a later one took over is that
	 * one's.
	 */
	public LedgerFigures ofSend(int sendId) {
		return hold(sendId) ? kept(sendId) : counted(sendId);
	}

	/** Of all deliveries of an issue, in whichever of its sends. */
	public LedgerFigures ofIssue(int issueId) {
		return this.jdbc.sql("SELECT id FROM send WHERE issue_id = :issue ORDER BY id")
			.param("issue", issueId)
			.query(Integer.class)
			.list()
			.stream()
			.map(this::ofSend)
			.reduce(LedgerFigures.NONE, LedgerFigures::and);
	}

	/** Of all deliveries of an issue, without the minutes. */
	public LedgerFigures countsOf(int issueId) {
		return countsOf(List.of(issueId)).getOrDefault(issueId, LedgerFigures.NONE);
	}

	/**
	 * Of several issues, without the minutes: a few statements for all those whose
	 * figures are kept.
	 */
	public Map<Integer, LedgerFigures> countsOf(Collection<Integer> issueIds) {
		if (issueIds.isEmpty()) {
			return Map.of();
		}
		Map<Integer, Integer> issueOf = new LinkedHashMap<>();
		List<Integer> kept = new ArrayList<>();
		this.jdbc.sql("SELECT o.id, o.issue_id, CASE WHEN " + HOLD + """
				 THEN 1 ELSE 0 END AS held FROM send o WHERE o.issue_id IN (:issues) ORDER BY o.id
				""").param("issues", issueIds).query((row) -> {
			issueOf.put(row.getInt("id"), row.getInt("issue_id"));
			if (row.getInt("held") == 1) {
				kept.add(row.getInt("id"));
			}
		});
		if (issueOf.isEmpty()) {
			return Map.of();
		}
		List<LedgerFigures.Count> counts = new ArrayList<>(kept.isEmpty() ? List.of() : counts(KEPT, kept));
		issueOf.keySet()
			.stream()
			.filter((send) -> !kept.contains(send))
			.forEach((send) -> counts.addAll(counts(COUNT, send)));
		List<LedgerFigures.Name> names = names(issueOf.keySet());
		return counts.stream()
			.collect(Collectors.groupingBy((count) -> Objects.requireNonNull(issueOf.get(count.sendId())), Collectors
				.collectingAndThen(Collectors.toList(), (all) -> new LedgerFigures(all, List.of()).named(names))));
	}

	/** Counted from the ledger, whatever is kept: what kept figures are held against. */
	public LedgerFigures counted(int sendId) {
		LedgerFigures figures = new LedgerFigures(counts(COUNT, sendId), minutes(MINUTES, sendId));
		return figures.named(names(sendId));
	}

	/**
	 * Counts all sends of an issue anew.
	 * @return those whose figures are kept, seem to hold, and are not the ledger's: none,
	 * unless somebody wrote to the tables by hand
	 */
	public List<Integer> wrong(int issueId) {
		return this.jdbc.sql("SELECT o.id FROM send o WHERE o.issue_id = :issue AND " + HOLD + "ORDER BY o.id")
			.param("issue", issueId)
			.query(Integer.class)
			.list()
			.stream()
			.filter((send) -> !kept(send).isSame(counted(send)))
			.toList();
	}

	/** Whether the figures of a send are kept, and hold. */
	public boolean hold(int sendId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM send o WHERE o.id = :send AND " + HOLD)
			.param("send", sendId)
			.query(Integer.class)
			.single() == 1;
	}

	private LedgerFigures kept(int sendId) {
		LedgerFigures figures = new LedgerFigures(counts(KEPT, sendId), minutes("""
				SELECT m.minute_at, m.accepted, o.first_accepted AS first_at, o.last_accepted AS last_at
				FROM send_minute m JOIN send o ON o.id = m.send_id WHERE m.send_id = :send
				""", sendId));
		return figures.named(names(sendId));
	}

	private List<LedgerFigures.Count> counts(String sql, Object sendId) {
		return this.jdbc.sql(sql)
			.param("send", sendId)
			.query((row, n) -> new LedgerFigures.Count(row.getInt("send_id"), row.getInt("provider"), "",
					DeliveryState.ofCode(row.getInt("state")), row.getInt("deliveries")))
			.list()
			.stream()
			.filter((count) -> count.deliveries() > 0)
			.toList();
	}

	private List<LedgerFigures.Minute> minutes(String sql, int sendId) {
		return this.jdbc.sql(sql + "ORDER BY minute_at").param("send", sendId).query(SendFigures::minute).list();
	}

	private static LedgerFigures.Minute minute(ResultSet row, int number) throws SQLException {
		return new LedgerFigures.Minute(LedgerTime.read(row.getInt("minute_at")), row.getInt("accepted"),
				LedgerTime.read(row.getInt("first_at")), LedgerTime.read(row.getInt("last_at")));
	}

	/** The providers' names as they were when the send ran. */
	private List<LedgerFigures.Name> names(Object sendId) {
		return this.jdbc.sql("SELECT DISTINCT provider, name FROM send_traffic WHERE send_id IN (:send)")
			.param("send", sendId)
			.query((row, n) -> new LedgerFigures.Name(row.getInt("provider"), row.getString("name")))
			.list();
	}

	/** Counts the sends that are over and have no figures that hold. */
	public void keepAll() {
		this.jdbc.sql("SELECT o.id FROM send o WHERE o.status IN ('DONE', 'CANCELLED') AND NOT (" + HOLD + ")")
			.query(Integer.class)
			.list()
			.forEach(this::keep);
	}

	/**
	 * Counts a send that is over. Its row is locked first, which whoever throws figures
	 * away locks too: so nobody keeps what was counted before that.
	 */
	void keep(int sendId) {
		this.transactions.executeWithoutResult((status) -> {
			if (isOver(sendId)) {
				forget(sendId);
				insert(sendId);
			}
		});
	}

	private boolean isOver(int sendId) {
		boolean stopped = this.jdbc.sql("SELECT status FROM send WHERE id = :send FOR UPDATE")
			.param("send", sendId)
			.query(String.class)
			.optional()
			.filter((status) -> SendStatus.valueOf(status) == SendStatus.DONE
					|| SendStatus.valueOf(status) == SendStatus.CANCELLED)
			.isPresent();
		return stopped && this.jdbc.sql("""
				SELECT COUNT(*) FROM send o WHERE o.id = :send
				AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = o.id AND d.state IN (0, 1, 3))
				""").param("send", sendId).query(Integer.class).single() == 0;
	}

	private void forget(int sendId) {
		for (String table : List.of("send_count", "send_minute")) {
			this.jdbc.sql("DELETE FROM " + table + " WHERE send_id = :send").param("send", sendId).update();
		}
	}

	private void insert(int sendId) {
		AcceptedSpan span = this.jdbc
			.sql("SELECT MIN(first_at) AS first_at, MAX(last_at) AS last_at FROM (" + MINUTES + ") m")
			.param("send", sendId)
			.query((row, n) -> new AcceptedSpan(row.getObject("first_at", Integer.class),
					row.getObject("last_at", Integer.class)))
			.single();
		int counts = this.jdbc.sql("INSERT INTO send_count (send_id, provider, state, deliveries) " + COUNT)
			.param("send", sendId)
			.update();
		this.jdbc
			.sql("INSERT INTO send_minute (send_id, minute_at, accepted) SELECT send_id, minute_at, accepted FROM ("
					+ MINUTES + ") m")
			.param("send", sendId)
			.update();
		this.jdbc
			.sql("UPDATE send SET counted_at = :now, first_accepted = :first, last_accepted = :last WHERE id = :send")
			.param("now", Utc.of(this.clock.instant()))
			.param("first", span.first())
			.param("last", span.last())
			.param("send", sendId)
			.update();
		logger.debug("Send {} is counted: {} figures", sendId, counts);
	}

	/**
	 * Within the transaction that changes deliveries of an issue's sends: their figures
	 * count no more. All of the issue's rows, kept or not: whoever counts one now is
	 * waited for.
	 */
	void throwAway(int issueId) {
		this.jdbc.sql("UPDATE send SET counted_at = NULL WHERE issue_id = :issue").param("issue", issueId).update();
		this.events.publishEvent(new DeliveriesMoved(issueId));
	}

	/** Within the transaction that makes one uncertain delivery an accepted one. */
	void settled(DeliveryKey delivery) {
		this.jdbc.sql("""
				SELECT d.send_id, d.provider, d.changed_at FROM delivery d
				JOIN send o ON o.id = d.send_id AND o.counted_at IS NOT NULL
				WHERE d.issue_id = :issue AND d.subscriber_id = :subscriber
				""")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.query((row, n) -> new Settled(row.getInt("send_id"), row.getInt("provider"), row.getInt("changed_at")))
			.optional()
			.ifPresent(this::move);
	}

	private void move(Settled settled) {
		this.jdbc.sql("""
				UPDATE send_count SET deliveries = deliveries - 1
				WHERE send_id = :send AND provider = :provider AND state = 5
				""").param("send", settled.sendId()).param("provider", settled.provider()).update();
		this.jdbc.sql("""
				INSERT INTO send_count (send_id, provider, state, deliveries) VALUES (:send, :provider, 2, 1)
				ON DUPLICATE KEY UPDATE deliveries = deliveries + 1
				""").param("send", settled.sendId()).param("provider", settled.provider()).update();
		this.jdbc.sql("""
				INSERT INTO send_minute (send_id, minute_at, accepted) VALUES (:send, :minute, 1)
				ON DUPLICATE KEY UPDATE accepted = accepted + 1
				""").param("send", settled.sendId()).param("minute", settled.at() - settled.at() % 60).update();
		this.jdbc.sql("""
				UPDATE send SET first_accepted = LEAST(COALESCE(first_accepted, :at), :at),
				last_accepted = GREATEST(COALESCE(last_accepted, :at), :at) WHERE id = :send
				""").param("send", settled.sendId()).param("at", settled.at()).update();
	}

	/** In the ledger's time; nulls where nothing was accepted. */
	private record AcceptedSpan(@Nullable Integer first, @Nullable Integer last) {
	}

	private record Settled(int sendId, int provider, int at) {
	}

}
