package dev.herald.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The exact lists behind the figures of an issue, a page at a time, each along the index
 * that fits what is asked for: so the last page of a million takes no longer than the
 * first. Thread-safe.
 */
@Component
public class DeliveryPages {

	private static final int EXPORT_PAGE = 1_000;

	private final JdbcClient jdbc;

	private final SendFigures figures;

	private final DeliverySearch search;

	DeliveryPages(JdbcClient jdbc, SendFigures figures, DeliverySearch search) {
		this.jdbc = jdbc;
		this.figures = figures;
		this.search = search;
	}

	/**
	 * @param after where the page before ended, as it said; null for the first page
	 */
	public Page page(DeliveryQuery query, @Nullable Cursor after, int limit) {
		return page(query, after, limit, parts(query));
	}

	private Page page(DeliveryQuery query, @Nullable Cursor after, int limit, List<LedgerFigures.Count> parts) {
		Cursor from = (after != null) ? after : Cursor.START;
		List<Ledger.Row> rows;
		if (!query.address().isEmpty()) {
			rows = this.search.find(query, parts, from.subscriberId(), limit + 1);
		}
		else {
			rows = (query.reason() != null) ? byReason(query, from, limit + 1) : byWork(query, from, limit + 1, parts);
		}
		boolean more = rows.size() > limit;
		List<Ledger.Row> shown = more ? rows.subList(0, limit) : rows;
		return new Page(List.copyOf(shown), more ? Cursor.of(shown.get(limit - 1)) : null);
	}

	/** All of them, a page at a time: memory does not grow with their number. */
	public void each(DeliveryQuery query, Consumer<Ledger.Row> action) {
		List<LedgerFigures.Count> parts = parts(query);
		Page page = page(query, null, EXPORT_PAGE, parts);
		page.rows().forEach(action);
		while (page.next() != null) {
			page = page(query, page.next(), EXPORT_PAGE, parts);
			page.rows().forEach(action);
		}
	}

	/** The parts of delivery_work that have what is wanted, in its order. */
	private List<LedgerFigures.Count> parts(DeliveryQuery query) {
		return this.figures.countsOf(query.issueId())
			.counts()
			.stream()
			.filter((count) -> count.state() == query.state())
			.filter((count) -> query.provider() == null || query.provider() == count.provider())
			.sorted(Comparator.comparingInt(LedgerFigures.Count::sendId)
				.thenComparingInt(LedgerFigures.Count::provider))
			.toList();
	}

	/**
	 * Along delivery_work, whose order is send, state, provider, subscriber: one part of
	 * it after the other, as the figures name them.
	 */
	private List<Ledger.Row> byWork(DeliveryQuery query, Cursor from, int limit, List<LedgerFigures.Count> parts) {
		List<Ledger.Row> rows = new ArrayList<>();
		for (LedgerFigures.Count part : parts) {
			int order = from.compareTo(part.sendId(), part.provider());
			if (rows.size() < limit && order <= 0) {
				rows.addAll(part(part, query.state(), (order == 0) ? from.subscriberId() : 0, limit - rows.size()));
			}
		}
		return rows;
	}

	private List<Ledger.Row> part(LedgerFigures.Count part, DeliveryState state, int after, int limit) {
		return this.jdbc.sql(Ledger.ROW + """
				WHERE d.send_id = :send AND d.state = :state AND d.provider = :provider AND d.subscriber_id > :after
				ORDER BY d.send_id, d.state, d.provider, d.subscriber_id
				LIMIT :limit
				""")
			.param("send", part.sendId())
			.param("state", state.code())
			.param("provider", part.provider())
			.param("after", after)
			.param("limit", limit)
			.query(Ledger::row)
			.list();
	}

	private List<Ledger.Row> byReason(DeliveryQuery query, Cursor from, int limit) {
		return this.jdbc.sql(Ledger.ROW + """
				WHERE r.issue_id = :issue AND r.status = :reason AND r.subscriber_id > :after
				AND d.state = :state AND (:provider < 0 OR d.provider = :provider)
				ORDER BY r.subscriber_id
				LIMIT :limit
				""")
			.param("issue", query.issueId())
			.param("reason", query.reason())
			.param("after", from.subscriberId())
			.param("state", query.state().code())
			.param("provider", query.providerOrNone())
			.param("limit", limit)
			.query(Ledger::row)
			.list();
	}

	/**
	 * What the relay said of the deliveries in a state, by its enhanced status code; the
	 * most frequent first, at most limit.
	 */
	public List<Reason> reasons(int issueId, DeliveryState state, int limit) {
		return this.jdbc.sql("""
				SELECT r.status, COUNT(*) AS deliveries FROM delivery_reply r
				JOIN delivery d ON d.issue_id = r.issue_id AND d.subscriber_id = r.subscriber_id
				WHERE r.issue_id = :issue AND d.state = :state
				GROUP BY r.status ORDER BY deliveries DESC, r.status LIMIT :limit
				""")
			.param("issue", issueId)
			.param("state", state.code())
			.param("limit", limit)
			.query((row, n) -> new Reason(row.getString("status"), row.getInt("deliveries")))
			.list();
	}

	/**
	 * @param status empty where the reply had none
	 */
	public record Reason(String status, int deliveries) {
	}

	/**
	 * @param next where the next page begins; null where there is none
	 */
	public record Page(List<Ledger.Row> rows, @Nullable Cursor next) {
	}

	/** The last delivery of a page. */
	public record Cursor(int sendId, int provider, int subscriberId) {

		static final Cursor START = new Cursor(0, 0, 0);

		static Cursor of(Ledger.Row row) {
			return new Cursor(row.sendId(), row.provider(), row.delivery().subscriberId());
		}

		/**
		 * As {@link #toString} wrote it; the start where it is anything else.
		 */
		public static Cursor parse(String text) {
			String[] parts = text.split("\\.", -1);
			try {
				return (parts.length == 3)
						? new Cursor(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
						: START;
			}
			catch (NumberFormatException ex) {
				return START;
			}
		}

		int compareTo(int otherSend, int otherProvider) {
			int bySend = Integer.compare(this.sendId, otherSend);
			return (bySend != 0) ? bySend : Integer.compare(this.provider, otherProvider);
		}

		@Override
		public String toString() {
			return this.sendId + "." + this.provider + "." + this.subscriberId;
		}

	}

}
