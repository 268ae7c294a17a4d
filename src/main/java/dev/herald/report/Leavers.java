package dev.herald.report;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.address.AddressRange;
import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ConsentSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Readers who left an issue's own newsletter by it, each once, less who took it back.
 * Thread-safe.
 */
@Component
public class Leavers {

	/**
	 * Who took it back is joined: MariaDB took five times as long to ask whether there is
	 * none.
	 */
	private static final String NOT_TAKEN_BACK = """
			LEFT JOIN consent u ON u.subscriber_id = c.subscriber_id AND u.source = 'UNDO'
			AND u.newsletter_id = c.newsletter_id AND u.id > c.id AND u.was_state = 'UNSUBSCRIBED'
			WHERE c.issue_id = :issue AND c.state = 'UNSUBSCRIBED' AND c.newsletter_id = :newsletter AND u.id IS NULL
			""";

	/** Left out where anybody will do: a database might begin with all subscribers. */
	private static final String AMONG = "AND s.match_key >= :from AND s.match_key < :to ";

	private final JdbcClient jdbc;

	Leavers(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** By issue, as they are kept; issues that nobody left by are left out. */
	Map<Integer, Left> left(Collection<Integer> issueIds) {
		Map<Integer, Map<ConsentSource, Integer>> readers = new HashMap<>();
		if (!issueIds.isEmpty()) {
			this.jdbc.sql("SELECT issue_id, source, readers FROM leaver_count WHERE issue_id IN (:issues)")
				.param("issues", issueIds)
				.query((row) -> {
					readers.computeIfAbsent(row.getInt("issue_id"), (issue) -> new EnumMap<>(ConsentSource.class))
						.put(ConsentSource.valueOf(row.getString("source")), row.getInt("readers"));
				});
		}
		Map<Integer, Left> left = new HashMap<>();
		readers.forEach((issue, bySource) -> left.put(issue, Left.of(bySource)));
		return left;
	}

	/**
	 * Counts the records of consent anew.
	 * @return whether what is kept says the same: unless somebody wrote to the tables by
	 * hand, it does
	 */
	public boolean areExact(Issue issue) {
		Map<ConsentSource, Integer> counted = new EnumMap<>(ConsentSource.class);
		this.jdbc
			.sql("SELECT c.source, COUNT(DISTINCT c.subscriber_id) AS readers FROM consent c " + NOT_TAKEN_BACK
					+ "GROUP BY c.source")
			.param("issue", issue.id())
			.param("newsletter", issue.newsletterId())
			.query((row) -> {
				counted.put(ConsentSource.valueOf(row.getString("source")), row.getInt("readers"));
			});
		return Left.of(counted).equals(left(List.of(issue.id())).getOrDefault(issue.id(), Left.NOBODY));
	}

	/** When they left, to the minute, and by which way. */
	List<Leaving> byMinute(Issue issue) {
		String minute = Utc.minuteOf("f.left_at");
		return this.jdbc
			.sql("SELECT " + minute + ", f.source, COUNT(*) FROM (SELECT c.source, MAX(c.happened_at) AS left_at "
					+ "FROM consent c " + NOT_TAKEN_BACK + "GROUP BY c.source, c.subscriber_id) f GROUP BY f.source, "
					+ minute)
			.param("issue", issue.id())
			.param("newsletter", issue.newsletterId())
			.query((row, n) -> new Leaving(ConsentSource.valueOf(row.getString(4)), Utc.readMinute(row, 1),
					row.getInt(5)))
			.list();
	}

	/**
	 * The last first, at most limit.
	 * @param address whole, or its beginning; empty for all
	 * @param before the id of the one to go on behind; {@link Long#MAX_VALUE} for the
	 * first page
	 */
	public List<Leaver> page(Issue issue, String address, long before, int limit) {
		AddressRange range = AddressRange.of(address);
		return this.jdbc.sql("""
				SELECT c.id, c.subscriber_id, s.address, s.name, c.source, c.happened_at
				FROM consent c JOIN subscriber s ON s.id = c.subscriber_id
				""" + NOT_TAKEN_BACK + "AND c.id < :before " + (address.isBlank() ? "" : AMONG) + """
				ORDER BY c.id DESC LIMIT :limit
				""")
			.param("issue", issue.id())
			.param("newsletter", issue.newsletterId())
			.param("before", before)
			.param("from", range.from())
			.param("to", range.to())
			.param("limit", limit)
			.query((row, n) -> new Leaver(row.getLong("id"), row.getInt("subscriber_id"),
					new EmailAddress(row.getString("address")), row.getString("name"),
					ConsentSource.valueOf(row.getString("source")), Utc.read(row, "happened_at")))
			.list();
	}

	/**
	 * A reader who left: by which way, and when.
	 *
	 * @param id of the consent record
	 */
	public record Leaver(long id, int subscriberId, EmailAddress address, String name, ConsentSource source,
			Instant leftAt) {
	}

	record Leaving(ConsentSource source, Instant minute, int readers) {
	}

	record Left(int unsubscribed, int complaints) {

		static final Left NOBODY = new Left(0, 0);

		static Left of(Map<ConsentSource, Integer> readers) {
			int complaints = readers.getOrDefault(ConsentSource.COMPLAINT, 0);
			return new Left(readers.values().stream().mapToInt(Integer::intValue).sum() - complaints, complaints);
		}

	}

}
