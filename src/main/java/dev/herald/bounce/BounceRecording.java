package dev.herald.bounce;

import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issues;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryReceived;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records what a report says of a delivery, and what follows from it. The same report
 * again changes nothing, even if somebody lifted the suppression since. Thread-safe.
 */
@Component
class BounceRecording {

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Subscriptions subscriptions;

	private final Suppressions suppressions;

	private final SoftBounces softBounces;

	private final BounceWaves waves;

	private final BounceSums sums;

	private final Issues issues;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	BounceRecording(JdbcClient jdbc, TransactionTemplate transactions, Subscriptions subscriptions,
			Suppressions suppressions, SoftBounces softBounces, BounceWaves waves, BounceSums sums, Issues issues,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.softBounces = softBounces;
		this.waves = waves;
		this.sums = sums;
		this.issues = issues;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * @param delivery by a valid token; the addresses in the report prove nothing
	 * @param sha256 of the report, in hexadecimal
	 */
	Outcome record(DeliveryKey delivery, Report report, String sha256) {
		return this.transactions.execute((status) -> {
			this.events.publishEvent(new DeliveryReceived(delivery));
			return switch (report.kind()) {
				case BOUNCE -> this.sums.changing(delivery, () -> bounce(delivery, report, sha256));
				case COMPLAINT -> complaint(delivery, report, sha256);
				case DELAY, DELIVERED, AUTOREPLY, RECEIPT, CHALLENGE, OTHER -> Outcome.NOTHING_NEW;
			};
		});
	}

	/** What is told of one delivery directly, without a report. */
	void recordHard(DeliveryKey delivery, ReportedRecipient recipient, String sha256) {
		this.transactions.executeWithoutResult((status) -> this.sums.changing(delivery,
				() -> insert(delivery, recipient, sha256) && hard(delivery, addressOf(delivery), recipient, sha256)));
	}

	private Optional<EmailAddress> addressOf(DeliveryKey delivery) {
		return this.subscriptions.find(delivery.subscriberId()).map(Subscriber::address);
	}

	private Outcome bounce(DeliveryKey delivery, Report report, String sha256) {
		Optional<EmailAddress> address = addressOf(delivery);
		ReportedRecipient recipient = about(report, address);
		if (recipient.bounceClass() == BounceClass.NONE || !insert(delivery, recipient, sha256)) {
			return Outcome.NOTHING_NEW;
		}
		boolean suppressed = (recipient.bounceClass() == BounceClass.HARD) ? hard(delivery, address, recipient, sha256)
				: soft(delivery, address, sha256);
		return new Outcome(true, suppressed);
	}

	private boolean hard(DeliveryKey delivery, Optional<EmailAddress> address, ReportedRecipient recipient,
			String sha256) {
		if (this.waves.holds(delivery, recipient, sha256)) {
			return false;
		}
		boolean suppressed = suppress(address, SuppressionReason.HARD_BOUNCE,
				(recipient.status() + " " + recipient.evidence()).strip());
		return suppressed && markSuppressing(delivery, sha256);
	}

	private boolean soft(DeliveryKey delivery, Optional<EmailAddress> address, String sha256) {
		boolean suppressed = address.flatMap((own) -> this.softBounces.verdict(delivery, own))
			.filter((verdict) -> suppress(address, SuppressionReason.SOFT_BOUNCES, verdict))
			.isPresent();
		return suppressed && markSuppressing(delivery, sha256);
	}

	private boolean markSuppressing(DeliveryKey delivery, String sha256) {
		return this.jdbc
			.sql("UPDATE bounce SET suppressed = 1 WHERE issue_id = ? AND subscriber_id = ? AND report_sha256 = ?")
			.params(delivery.issueId(), delivery.subscriberId(), sha256)
			.update() == 1;
	}

	private Outcome complaint(DeliveryKey delivery, Report report, String sha256) {
		ReportedRecipient recipient = report.recipients().get(0);
		if (!insert(delivery, recipient, sha256)) {
			return Outcome.NOTHING_NEW;
		}
		Optional<EmailAddress> address = addressOf(delivery);
		if (address.isPresent()) {
			this.subscriptions.unsubscribe(this.issues.byId(delivery.issueId()).newsletterId(), delivery.subscriberId(),
					ConsentSource.COMPLAINT, delivery.issueId());
		}
		return new Outcome(false, suppress(address, SuppressionReason.COMPLAINT, recipient.evidence()));
	}

	/**
	 * A mail goes to one subscriber. Where the report names several addresses, theirs is
	 * behind an alias: the mildest counts, unless one of them is the subscriber's own.
	 */
	private static ReportedRecipient about(Report report, Optional<EmailAddress> address) {
		return report.recipients()
			.stream()
			.filter((recipient) -> address.filter((own) -> own.value().equalsIgnoreCase(recipient.address()))
				.isPresent())
			.findFirst()
			.or(() -> report.recipients().stream().max(Comparator.comparing(ReportedRecipient::bounceClass)))
			.orElseThrow();
	}

	private boolean insert(DeliveryKey delivery, ReportedRecipient recipient, String sha256) {
		return this.jdbc
			.sql("""
					INSERT IGNORE INTO bounce
					    (issue_id, subscriber_id, send_id, provider, report_sha256, bounce_class, status, action, reason, evidence,
					     received_at)
					VALUES (:issue, :subscriber,
					        COALESCE((SELECT d.send_id FROM delivery d
					                  WHERE d.issue_id = :issue AND d.subscriber_id = :subscriber), 0),
					        COALESCE((SELECT d.provider FROM delivery d
					                  WHERE d.issue_id = :issue AND d.subscriber_id = :subscriber), 0),
					        :sha256, :class, :status, :action, :reason, :evidence, :now)
					""")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("sha256", sha256)
			.param("class", recipient.bounceClass().name())
			.param("status", recipient.status())
			.param("action", recipient.action())
			.param("reason", recipient.reason())
			.param("evidence", recipient.evidence())
			.param("now", Utc.of(this.clock.instant()))
			.update() > 0;
	}

	private boolean suppress(Optional<EmailAddress> address, SuppressionReason reason, String evidence) {
		return address.isPresent() && this.suppressions.suppress(address.get(), reason, evidence, Suppressions.HERALD);
	}

	/**
	 * @param bounce whether a bounce was recorded that was not known
	 * @param suppressed whether an address was suppressed by it
	 */
	record Outcome(boolean bounce, boolean suppressed) {

		static final Outcome NOTHING_NEW = new Outcome(false, false);

	}

}
