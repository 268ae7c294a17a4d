package dev.herald.bounce;

import java.time.Instant;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The bounces on record. Thread-safe. */
@Service
public class Bounces {

	private final JdbcClient jdbc;

	Bounces(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Of one issue, newest first, at most limit. */
	public List<RecordedBounce> ofIssue(int issueId, int limit) {
		return this.jdbc.sql("""
				SELECT s.address, b.bounce_class, b.status, b.reason, b.evidence, b.received_at
				FROM bounce b JOIN subscriber s ON s.id = b.subscriber_id
				WHERE b.issue_id = ? AND b.bounce_class <> 'NONE'
				ORDER BY b.received_at DESC, b.id DESC
				LIMIT ?
				""")
			.params(issueId, limit)
			.query((row, number) -> new RecordedBounce(new EmailAddress(row.getString("address")),
					BounceClass.valueOf(row.getString("bounce_class")), row.getString("status"),
					row.getString("reason"), row.getString("evidence"), Utc.read(row, "received_at")))
			.list();
	}

	/** Recipients of an issue with at least one bounce, by class and reason. */
	public List<BounceCount> countsOf(int issueId) {
		return this.jdbc.sql("""
				SELECT bounce_class, reason, COUNT(DISTINCT subscriber_id) AS recipients
				FROM bounce
				WHERE issue_id = ? AND bounce_class <> 'NONE'
				GROUP BY bounce_class, reason
				ORDER BY bounce_class, recipients DESC, reason
				""")
			.param(issueId)
			.query((row, number) -> new BounceCount(BounceClass.valueOf(row.getString("bounce_class")),
					row.getString("reason"), row.getInt("recipients")))
			.list();
	}

	/** Recipients of an issue who reported it as spam. */
	public int complaintsAbout(int issueId) {
		return this.jdbc.sql("""
				SELECT COUNT(DISTINCT subscriber_id) FROM bounce
				WHERE issue_id = ? AND bounce_class = 'NONE' AND reason = 'complaint'
				""").param(issueId).query(Integer.class).single();
	}

	public record RecordedBounce(EmailAddress address, BounceClass bounceClass, String status, String reason,
			String evidence, Instant receivedAt) {
	}

	public record BounceCount(BounceClass bounceClass, String reason, int recipients) {
	}

}
