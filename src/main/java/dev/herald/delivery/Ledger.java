package dev.herald.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.herald.address.EmailAddress;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reading the ledger. Thread-safe. */
@Component
public class Ledger {

	private static final int PAGE = 1_000;

	static final String ROW = """
			SELECT d.issue_id, d.subscriber_id, d.send_id, d.provider, d.state, d.attempts, d.changed_at,
			       s.address, s.name, r.reply
			FROM delivery d
			JOIN subscriber s ON s.id = d.subscriber_id
			LEFT JOIN delivery_reply r ON r.issue_id = d.issue_id AND r.subscriber_id = d.subscriber_id
			""";

	private final Claims claims;

	private final JdbcClient jdbc;

	Ledger(Claims claims, JdbcClient jdbc) {
		this.claims = claims;
		this.jdbc = jdbc;
	}

	public DeliveryCounts counts(int issueId) {
		return count("SELECT state, COUNT(*) AS deliveries FROM delivery WHERE issue_id = :id GROUP BY state", issueId);
	}

	/**
	 * Those that belong to one send: what a later one took over, to send it again, is
	 * that one's.
	 */
	public DeliveryCounts countsOfSend(int sendId) {
		return count("SELECT state, COUNT(*) AS deliveries FROM delivery WHERE send_id = :id GROUP BY state", sendId);
	}

	private DeliveryCounts count(String sql, int id) {
		Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
		this.jdbc.sql(sql).param("id", id).query((row) -> {
			counts.put(DeliveryState.ofCode(row.getInt("state")), row.getInt("deliveries"));
		});
		return new DeliveryCounts(counts);
	}

	public Optional<Row> find(DeliveryKey delivery) {
		return this.jdbc.sql(ROW + "WHERE d.issue_id = :issue AND d.subscriber_id = :subscriber")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.query(Ledger::row)
			.optional();
	}

	/**
	 * Rows of one state by subscriber id, at most limit, after the given subscriber id (0
	 * for the first page).
	 */
	public List<Row> page(int issueId, DeliveryState state, int afterSubscriberId, int limit) {
		return this.jdbc.sql(ROW + """
				WHERE d.issue_id = :issue AND d.state = :state AND d.subscriber_id > :after
				ORDER BY d.issue_id, d.subscriber_id
				LIMIT :limit
				""")
			.param("issue", issueId)
			.param("state", state.code())
			.param("after", afterSubscriberId)
			.param("limit", limit)
			.query(Ledger::row)
			.list();
	}

	/**
	 * What one subscriber was sent, the newest issue first, at most limit. A look into
	 * the primary key for each issue there is: an index by subscriber would cost every
	 * send.
	 */
	public List<Row> ofSubscriber(int subscriberId, int limit) {
		return this.jdbc.sql(ROW + """
				WHERE d.subscriber_id = :subscriber AND d.issue_id IN (SELECT i.id FROM issue i)
				ORDER BY d.issue_id DESC
				LIMIT :limit
				""").param("subscriber", subscriberId).param("limit", limit).query(Ledger::row).list();
	}

	/**
	 * All rows of one state, a page at a time: memory does not grow with their number.
	 */
	public void each(int issueId, DeliveryState state, Consumer<Row> action) {
		int after = 0;
		List<Row> page = page(issueId, state, after, PAGE);
		while (!page.isEmpty()) {
			page.forEach(action);
			after = page.get(page.size() - 1).delivery().subscriberId();
			page = page(issueId, state, after, PAGE);
		}
	}

	/**
	 * When the next delivery of a send may be tried, where all that is left waits for its
	 * time; empty where none is left.
	 */
	public Optional<Instant> nextDue(int sendId) {
		return Optional.ofNullable(this.claims.nextDue(sendId));
	}

	/** When the first and the last delivery was accepted; empty where none was. */
	public Optional<Span> accepted(int issueId) {
		return this.jdbc.sql("""
				SELECT MIN(changed_at) AS first_at, MAX(changed_at) AS last_at FROM delivery
				WHERE issue_id = :issue AND state = :accepted
				""")
			.param("issue", issueId)
			.param("accepted", DeliveryState.ACCEPTED.code())
			.query((row, n) -> (row.getObject("first_at") != null)
					? Optional
						.of(new Span(LedgerTime.read(row.getInt("first_at")), LedgerTime.read(row.getInt("last_at"))))
					: Optional.<Span>empty())
			.single();
	}

	static Row row(ResultSet row, int number) throws SQLException {
		return new Row(new DeliveryKey(row.getInt("issue_id"), row.getInt("subscriber_id")), row.getInt("send_id"),
				row.getInt("provider"), new EmailAddress(row.getString("address")), row.getString("name"),
				DeliveryState.ofCode(row.getInt("state")), row.getInt("attempts"),
				LedgerTime.read(row.getInt("changed_at")), row.getString("reply"));
	}

	/**
	 * One delivery, for people to read.
	 *
	 * @param provider its code in the ledger; 0 is none that Herald knows
	 * @param reply what the relay said last, where it was not accepted at once
	 */
	public record Row(DeliveryKey delivery, int sendId, int provider, EmailAddress address, String name,
			DeliveryState state, int attempts, Instant changedAt, @Nullable String reply) {
	}

	/** From the first to the last. */
	public record Span(Instant first, Instant last) {
	}

}
