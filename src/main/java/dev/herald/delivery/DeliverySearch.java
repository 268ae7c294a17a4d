package dev.herald.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds deliveries of an issue by an address or its beginning, in the order of the
 * addresses. A beginning may fit everybody and a state hardly anybody, or the other way
 * round, and no index has both: so it goes along whichever is shorter. One statement for
 * both leaves the choice to the database, which knows neither. Thread-safe.
 */
@Component
class DeliverySearch {

	/** As many deliveries are read whole; of more, one in a few subscribers is found. */
	private static final int FEW = 5_000;

	private static final int SUBSCRIBERS = 1_000;

	private static final Comparator<Ledger.Row> BY_ADDRESS = Comparator
		.comparing((Ledger.Row row) -> row.address().matchKey());

	private final JdbcClient jdbc;

	private final int few;

	private final int subscribers;

	@Autowired
	DeliverySearch(JdbcClient jdbc) {
		this(jdbc, FEW, SUBSCRIBERS);
	}

	/**
	 * @param few deliveries, up to which all are read
	 * @param subscribers that are read at a time
	 */
	DeliverySearch(JdbcClient jdbc, int few, int subscribers) {
		this.jdbc = jdbc;
		this.few = few;
		this.subscribers = subscribers;
	}

	/**
	 * @param parts of the ledger in which they can be
	 * @param afterSubscriberId whose address comes before all; 0 for none
	 */
	List<Ledger.Row> find(DeliveryQuery query, List<LedgerFigures.Count> parts, int afterSubscriberId, int limit) {
		String after = this.jdbc.sql("SELECT match_key FROM subscriber WHERE id = :id")
			.param("id", afterSubscriberId)
			.query(String.class)
			.optional()
			.orElse("");
		int candidates = parts.stream().mapToInt(LedgerFigures.Count::deliveries).sum();
		return (candidates <= this.few) ? amongFew(query, parts, after, limit) : amongMany(query, after, limit);
	}

	private List<Ledger.Row> amongFew(DeliveryQuery query, List<LedgerFigures.Count> parts, String after, int limit) {
		List<Ledger.Row> rows = new ArrayList<>();
		for (LedgerFigures.Count part : parts) {
			rows.addAll(this.jdbc.sql(Ledger.ROW + """
					WHERE d.send_id = :send AND d.state = :state AND d.provider = :provider
					AND s.match_key >= :from AND s.match_key < :to AND s.match_key > :after
					""" + query.reasonCondition())
				.param("send", part.sendId())
				.param("state", query.state().code())
				.param("provider", part.provider())
				.param("from", query.range().from())
				.param("to", query.range().to())
				.param("after", after)
				.param("reason", query.reason())
				.query(Ledger::row)
				.list());
		}
		return rows.stream().sorted(BY_ADDRESS).limit(limit).toList();
	}

	private List<Ledger.Row> amongMany(DeliveryQuery query, String after, int limit) {
		List<Ledger.Row> rows = new ArrayList<>();
		List<Subscriber> subscribers = subscribers(query, after);
		while (!subscribers.isEmpty() && rows.size() < limit) {
			rows.addAll(deliveries(query, subscribers));
			subscribers = (subscribers.size() < this.subscribers) ? List.of()
					: subscribers(query, subscribers.get(subscribers.size() - 1).matchKey());
		}
		return rows.stream().limit(limit).toList();
	}

	private List<Subscriber> subscribers(DeliveryQuery query, String after) {
		return this.jdbc.sql("""
				SELECT id, match_key FROM subscriber
				WHERE match_key >= :from AND match_key < :to AND match_key > :after
				ORDER BY match_key LIMIT :limit
				""")
			.param("from", query.range().from())
			.param("to", query.range().to())
			.param("after", after)
			.param("limit", this.subscribers)
			.query((row, n) -> new Subscriber(row.getInt("id"), row.getString("match_key")))
			.list();
	}

	/** By row values: H2 uses its primary key for those alone. */
	private List<Ledger.Row> deliveries(DeliveryQuery query, List<Subscriber> subscribers) {
		return this.jdbc.sql(Ledger.ROW + """
				WHERE (d.issue_id, d.subscriber_id) IN (:keys) AND d.state = :state
				AND (:provider < 0 OR d.provider = :provider)
				""" + query.reasonCondition())
			.param("keys", subscribers.stream().map((one) -> new Object[] { query.issueId(), one.id() }).toList())
			.param("state", query.state().code())
			.param("provider", query.providerOrNone())
			.param("reason", query.reason())
			.query(Ledger::row)
			.list()
			.stream()
			.sorted(BY_ADDRESS)
			.toList();
	}

	private record Subscriber(int id, String matchKey) {
	}

}
