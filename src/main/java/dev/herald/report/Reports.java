package dev.herald.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.Bounces;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletters;
import dev.herald.returns.BounceClass;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ConsentSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads reports. Thread-safe. */
@Component
public class Reports {

	/**
	 * Who left the issue's own newsletter by it: not the others that went with it, and
	 * not who took it back.
	 */
	private static final String LEFT = """
			FROM consent c JOIN issue i ON i.id = c.issue_id AND i.newsletter_id = c.newsletter_id
			WHERE c.issue_id = :issue AND c.state = 'UNSUBSCRIBED'
			AND NOT EXISTS (SELECT 1 FROM consent u WHERE u.subscriber_id = c.subscriber_id
			                AND u.newsletter_id = c.newsletter_id AND u.id > c.id
			                AND u.source = 'UNDO' AND u.was_state = 'UNSUBSCRIBED')
			""";

	private final JdbcClient jdbc;

	private final Sends sends;

	private final Ledger ledger;

	private final Bounces bounces;

	private final BounceWaves waves;

	private final Newsletters newsletters;

	Reports(JdbcClient jdbc, Sends sends, Ledger ledger, Bounces bounces, BounceWaves waves, Newsletters newsletters) {
		this.jdbc = jdbc;
		this.sends = sends;
		this.ledger = ledger;
		this.bounces = bounces;
		this.waves = waves;
		this.newsletters = newsletters;
	}

	public DeliveryReport of(Issue issue) {
		Optional<Send> send = this.sends.latest(issue.id());
		DeliveryCounts counts = this.ledger.counts(issue.id());
		List<BounceCount> bounced = this.bounces.countsOf(issue.id());
		Optional<Ledger.Span> accepted = this.ledger.accepted(issue.id());
		int complaints = left(issue.id(), true);
		int unsubscribed = left(issue.id(), false);
		return new DeliveryReport(this.newsletters.byId(issue.newsletterId()).key(), issue.slug(), issue.title(),
				ReportSentence.of(send.orElse(null), counts, accepted.orElse(null),
						recipients(bounced, BounceClass.HARD), unsubscribed, complaints),
				send.orElse(null), counts, bounced, this.waves.waitingOf(issue.id()), unsubscribed, complaints,
				accepted.map(Ledger.Span::first).orElse(null), accepted.map(Ledger.Span::last).orElse(null));
	}

	private static int recipients(List<BounceCount> bounced, BounceClass bounceClass) {
		return bounced.stream()
			.filter((count) -> count.bounceClass() == bounceClass)
			.mapToInt(BounceCount::recipients)
			.sum();
	}

	/** Who left by an issue, the latest first, at most limit. */
	public List<Leaver> whoLeft(int issueId, int limit) {
		return this.jdbc.sql("""
				SELECT (SELECT s.address FROM subscriber s WHERE s.id = c.subscriber_id) AS address, c.source,
				c.happened_at
				""" + LEFT + """
				ORDER BY c.happened_at DESC, c.id DESC
				LIMIT :limit
				""")
			.param("issue", issueId)
			.param("limit", limit)
			.query((row, n) -> new Leaver(new EmailAddress(row.getString("address")),
					ConsentSource.valueOf(row.getString("source")), Utc.read(row, "happened_at")))
			.list();
	}

	/** A reader who left: by which way, and when. */
	public record Leaver(EmailAddress address, ConsentSource source, Instant leftAt) {
	}

	/** Readers who left by this issue, each counted once however often they pressed. */
	private int left(int issueId, boolean complaint) {
		return this.jdbc.sql("SELECT COUNT(DISTINCT c.subscriber_id) " + LEFT + """
				AND CASE WHEN c.source = :complaint THEN 1 ELSE 0 END = :wanted
				""")
			.param("issue", issueId)
			.param("complaint", ConsentSource.COMPLAINT.name())
			.param("wanted", complaint ? 1 : 0)
			.query(Integer.class)
			.single();
	}

}
