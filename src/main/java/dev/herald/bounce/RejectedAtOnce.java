package dev.herald.bounce;

import dev.herald.delivery.DeliveryRejected;
import dev.herald.digest.Sha256;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.returns.SmtpReplies;
import dev.herald.smtp.SmtpReply;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A relay that says at once that there is no such mailbox says what a report would say
 * later. Recorded in the transaction that records the rejection. Thread-safe.
 */
@Component
class RejectedAtOnce {

	private final BounceRecording recording;

	RejectedAtOnce(BounceRecording recording) {
		this.recording = recording;
	}

	@EventListener
	void on(DeliveryRejected rejected) {
		if (rejected.addressIsDead()) {
			this.recording.recordHard(rejected.delivery(), recipient(rejected.reply()), fingerprint(rejected));
		}
	}

	private static ReportedRecipient recipient(SmtpReply reply) {
		String reason = SmtpReplies.reasonOfDeath(reply.status(), reply.text());
		return new ReportedRecipient("", reply.status(), "failed", BounceClass.HARD, reason, reply.text());
	}

	/** The same rejection told twice is one bounce. */
	private static String fingerprint(DeliveryRejected rejected) {
		return Sha256.hex("rejected at once %d %d %s".formatted(rejected.delivery().issueId(),
				rejected.delivery().subscriberId(), rejected.reply().text()));
	}

}
