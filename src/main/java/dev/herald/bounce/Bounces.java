package dev.herald.bounce;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.returns.BounceClass;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The bounces on record. Thread-safe. */
@Service
public class Bounces {

	/**
	 * Not those of a rehearsal whose row in the ledger has given way to a real send's. Of
	 * the latest send none has given way to another: the ledger is asked only about
	 * earlier ones.
	 */
	private static final String OF_THE_LEDGER = """
			AND (b.send_id = (SELECT MAX(o.id) FROM send o WHERE o.issue_id = b.issue_id)
			     OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.issue_id = b.issue_id
			                    AND d.subscriber_id = b.subscriber_id AND d.send_id <> b.send_id))
			""";

	private final JdbcClient jdbc;

	Bounces(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The last that was recorded first, at most limit.
	 * @param before the id of the one to go on behind; {@link Long#MAX_VALUE} for the
	 * first page
	 */
	public List<RecordedBounce> page(BounceQuery query, long before, int limit) {
		return this.jdbc.sql("""
				SELECT b.id, b.subscriber_id, s.address, s.name, b.bounce_class, b.status, b.reason, b.evidence,
				b.received_at
				FROM bounce b JOIN subscriber s ON s.id = b.subscriber_id
				WHERE b.issue_id = :issue AND b.id < :before AND b.bounce_class <> 'NONE'
				""" + query.condition() + OF_THE_LEDGER + """
				ORDER BY b.id DESC
				LIMIT :limit
				""")
			.param("issue", query.issueId())
			.param("before", before)
			.param("from", query.range().from())
			.param("to", query.range().to())
			.param("class", (query.bounceClass() != null) ? query.bounceClass().name() : null)
			.param("reason", query.reason())
			.param("limit", limit)
			.query((row, number) -> new RecordedBounce(row.getLong("id"), row.getInt("subscriber_id"),
					new EmailAddress(row.getString("address")), row.getString("name"),
					BounceClass.valueOf(row.getString("bounce_class")), row.getString("status"),
					row.getString("reason"), row.getString("evidence"), Utc.read(row, "received_at")))
			.list();
	}

	/** Recipients of an issue with at least one bounce, by class and reason. */
	public List<BounceCount> countsOf(int issueId) {
		return this.jdbc.sql("""
				SELECT b.bounce_class, b.reason, COUNT(DISTINCT b.subscriber_id) AS recipients
				FROM bounce b
				WHERE b.issue_id = ? AND b.bounce_class <> 'NONE'
				""" + OF_THE_LEDGER + """
				GROUP BY b.bounce_class, b.reason
				ORDER BY b.bounce_class, recipients DESC, b.reason
				""")
			.param(issueId)
			.query((row, number) -> new BounceCount(BounceClass.valueOf(row.getString("bounce_class")),
					row.getString("reason"), row.getInt("recipients")))
			.list();
	}

	/** Recipients of an issue with at least one bounce, by mailbox provider and class. */
	public List<ProviderBounces> byProvider(int issueId) {
		return this.jdbc.sql("""
				SELECT b.provider, b.bounce_class, COUNT(DISTINCT b.subscriber_id) AS recipients
				FROM bounce b
				WHERE b.issue_id = ? AND b.bounce_class <> 'NONE'
				""" + OF_THE_LEDGER + "GROUP BY b.provider, b.bounce_class")
			.param(issueId)
			.query((row, number) -> new ProviderBounces(row.getInt("provider"),
					BounceClass.valueOf(row.getString("bounce_class")), row.getInt("recipients")))
			.list();
	}

	/** Recipients with a hard bounce, by issue; issues without one are left out. */
	public Map<Integer, Integer> dead(Collection<Integer> issueIds) {
		Map<Integer, Integer> dead = new HashMap<>();
		if (!issueIds.isEmpty()) {
			this.jdbc.sql("""
					SELECT b.issue_id, COUNT(DISTINCT b.subscriber_id) AS recipients FROM bounce b
					WHERE b.issue_id IN (:issues) AND b.bounce_class = 'HARD'
					""" + OF_THE_LEDGER + "GROUP BY b.issue_id").param("issues", issueIds).query((row) -> {
				dead.put(row.getInt("issue_id"), row.getInt("recipients"));
			});
		}
		return dead;
	}

	/**
	 * When each recipient's first bounce of a class was received, to the minute: no more
	 * rows than minutes, however many bounced.
	 */
	public List<FirstBounces> firstByMinute(int issueId) {
		String minute = Utc.minuteOf("f.first_at");
		return this.jdbc
			.sql("SELECT " + minute + ", f.bounce_class, COUNT(*) FROM ("
					+ "SELECT b.bounce_class, MIN(b.received_at) AS first_at FROM bounce b "
					+ "WHERE b.issue_id = ? AND b.bounce_class IN ('HARD', 'SOFT') " + OF_THE_LEDGER
					+ "GROUP BY b.bounce_class, b.subscriber_id) f GROUP BY f.bounce_class, " + minute)
			.param(issueId)
			.query((row, number) -> new FirstBounces(BounceClass.valueOf(row.getString(4)), Utc.readMinute(row, 1),
					row.getInt(5)))
			.list();
	}

	/** Recipients of an issue who reported it as spam. */
	public int complaintsAbout(int issueId) {
		return this.jdbc.sql("""
				SELECT COUNT(DISTINCT b.subscriber_id) FROM bounce b
				WHERE b.issue_id = ? AND b.bounce_class = 'NONE' AND b.reason = 'complaint'
				""" + OF_THE_LEDGER).param(issueId).query(Integer.class).single();
	}

	public record RecordedBounce(long id, int subscriberId, EmailAddress address, String name, BounceClass bounceClass,
			String status, String reason, String evidence, Instant receivedAt) {
	}

	/**
	 * @param provider its code in the ledger; 0 is none that Herald knows
	 */
	public record ProviderBounces(int provider, BounceClass bounceClass, int recipients) {
	}

	public record FirstBounces(BounceClass bounceClass, Instant minute, int recipients) {
	}

	public record BounceCount(BounceClass bounceClass, String reason, int recipients) {
	}

}
