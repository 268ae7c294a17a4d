package dev.herald.report;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.Bounces;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletters;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ConsentSource;
import dev.herald.tracking.Engagements;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads reports. Thread-safe. */
@Component
public class Reports {

	/**
	 * Who left the issue's own newsletter by it: not the others that went with it, and
	 * not who took it back. Those are joined, since MariaDB asked five times as long
	 * whether none exists.
	 */
	private static final String LEFT = """
			FROM consent c JOIN issue i ON i.id = c.issue_id AND i.newsletter_id = c.newsletter_id
			LEFT JOIN consent u ON u.subscriber_id = c.subscriber_id AND u.source = 'UNDO'
			AND u.newsletter_id = c.newsletter_id AND u.id > c.id AND u.was_state = 'UNSUBSCRIBED'
			WHERE c.issue_id IN (:issues) AND c.state = 'UNSUBSCRIBED' AND u.id IS NULL
			""";

	private final JdbcClient jdbc;

	private final Sends sends;

	private final SendFigures figures;

	private final Bounces bounces;

	private final BounceWaves waves;

	private final Newsletters newsletters;

	private final Engagements engagements;

	Reports(JdbcClient jdbc, Sends sends, SendFigures figures, Bounces bounces, BounceWaves waves,
			Newsletters newsletters, Engagements engagements) {
		this.jdbc = jdbc;
		this.sends = sends;
		this.figures = figures;
		this.bounces = bounces;
		this.waves = waves;
		this.newsletters = newsletters;
		this.engagements = engagements;
	}

	public DeliveryReport of(Issue issue) {
		Optional<Send> send = this.sends.latest(issue.id());
		LedgerFigures ledger = this.figures.ofIssue(issue.id());
		Left left = left(List.of(issue.id())).getOrDefault(issue.id(), Left.NOBODY);
		int dead = this.bounces.dead(List.of(issue.id())).getOrDefault(issue.id(), 0);
		return new DeliveryReport(this.newsletters.byId(issue.newsletterId()).key(), issue.slug(), issue.title(),
				ReportSentence.of(send.orElse(null), ledger.byState(), ledger.span().orElse(null), dead,
						left.unsubscribed(), left.complaints()),
				send.orElse(null), ledger, this.bounces.countsOf(issue.id()), this.bounces.byProvider(issue.id()),
				this.waves.waitingOf(issue.id()), left.unsubscribed(), left.complaints(),
				this.engagements.of(issue.id()));
	}

	/** Who left by an issue, the latest first, at most limit. */
	public List<Leaver> whoLeft(int issueId, int limit) {
		return this.jdbc.sql("""
				SELECT c.subscriber_id, (SELECT s.address FROM subscriber s WHERE s.id = c.subscriber_id) AS address,
				c.source, c.happened_at
				""" + LEFT + """
				ORDER BY c.happened_at DESC, c.id DESC
				LIMIT :limit
				""")
			.param("issues", issueId)
			.param("limit", limit)
			.query((row, n) -> new Leaver(row.getInt("subscriber_id"), new EmailAddress(row.getString("address")),
					ConsentSource.valueOf(row.getString("source")), Utc.read(row, "happened_at")))
			.list();
	}

	/** A reader who left: by which way, and when. */
	public record Leaver(int subscriberId, EmailAddress address, ConsentSource source, Instant leftAt) {
	}

	/**
	 * Readers who left by each issue, each counted once however often they pressed;
	 * issues that nobody left by are left out.
	 */
	Map<Integer, Left> left(Collection<Integer> issueIds) {
		Map<Integer, Left> left = new HashMap<>();
		if (!issueIds.isEmpty()) {
			this.jdbc
				.sql("SELECT c.issue_id, CASE WHEN c.source = :complaint THEN 1 ELSE 0 END AS complained, "
						+ "COUNT(DISTINCT c.subscriber_id) AS readers " + LEFT + """
								GROUP BY c.issue_id, CASE WHEN c.source = :complaint THEN 1 ELSE 0 END
								""")
				.param("issues", issueIds)
				.param("complaint", ConsentSource.COMPLAINT.name())
				.query((row) -> {
					int readers = row.getInt("readers");
					left.merge(row.getInt("issue_id"),
							(row.getInt("complained") == 1) ? new Left(0, readers) : new Left(readers, 0), Left::and);
				});
		}
		return left;
	}

	record Left(int unsubscribed, int complaints) {

		static final Left NOBODY = new Left(0, 0);

		Left and(Left other) {
			return new Left(this.unsubscribed + other.unsubscribed, this.complaints + other.complaints);
		}

	}

}
