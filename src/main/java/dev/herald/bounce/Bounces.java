package dev.herald.bounce;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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

	private final JdbcClient jdbc;

	private final BounceSums sums;

	Bounces(JdbcClient jdbc, BounceSums sums) {
		this.jdbc = jdbc;
		this.sums = sums;
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
				""" + query.condition() + BounceSums.OF_THE_LEDGER + """
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
		return sums(issueId, "REASON",
				(bounceClass, reason, recipients) -> new BounceCount(bounceClass, reason, recipients));
	}

	/** Recipients of an issue with at least one bounce, by mailbox provider and class. */
	public List<ProviderBounces> byProvider(int issueId) {
		return sums(issueId, "PROVIDER", (bounceClass, provider,
				recipients) -> new ProviderBounces(Integer.parseInt(provider), bounceClass, recipients));
	}

	/**
	 * When each recipient's first bounce of a class was received, to the minute: no more
	 * rows than minutes, however many bounced.
	 */
	public List<FirstBounces> firstByMinute(int issueId) {
		return sums(issueId, "MINUTE", (bounceClass, minute, recipients) -> new FirstBounces(bounceClass,
				LocalDateTime.parse(minute.replace(' ', 'T')).toInstant(ZoneOffset.UTC), recipients));
	}

	private <T> List<T> sums(int issueId, String part, OneSum<T> sum) {
		this.sums.keep(List.of(issueId));
		return this.jdbc.sql("""
				SELECT bounce_class, what, recipients FROM bounce_count
				WHERE issue_id = ? AND part = ? AND recipients > 0
				ORDER BY bounce_class, recipients DESC, what
				""")
			.params(issueId, part)
			.query((row, number) -> sum.of(BounceClass.valueOf(row.getString("bounce_class")), row.getString("what"),
					row.getInt("recipients")))
			.list();
	}

	/** Recipients with a hard bounce, by issue; issues without one are left out. */
	public Map<Integer, Integer> dead(Collection<Integer> issueIds) {
		Map<Integer, Integer> dead = new HashMap<>();
		if (!issueIds.isEmpty()) {
			this.sums.keep(issueIds);
			this.jdbc.sql("""
					SELECT issue_id, recipients FROM bounce_count
					WHERE issue_id IN (:issues) AND part = 'ALL' AND bounce_class = 'HARD' AND recipients > 0
					""").param("issues", issueIds).query((row) -> {
				dead.put(row.getInt("issue_id"), row.getInt("recipients"));
			});
		}
		return dead;
	}

	/**
	 * Counts the bounces of an issue anew.
	 * @return whether what is kept says the same: unless somebody wrote to the tables by
	 * hand, it does
	 */
	public boolean areExact(int issueId) {
		return this.sums.areExact(issueId);
	}

	private interface OneSum<T> {

		T of(BounceClass bounceClass, String what, int recipients);

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
