package dev.herald.bounce;

import java.util.Optional;

import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.returns.Report;
import dev.herald.tracking.DeliveryKey;

/**
 * A mail that was read and parsed.
 *
 * @param delivery which it is about; empty without a valid token
 * @param unsubscribe the delivery whose reader leaves by this mail; empty for others
 */
record CollectedMail(MailInBox mail, String sha256, Report report, Optional<DeliveryKey> delivery,
		Optional<DeliveryKey> unsubscribe) {

	/** Whether all that it says can be recorded, so that it need not stay. */
	boolean understood() {
		return this.unsubscribe.isPresent() || (this.delivery.isPresent() && this.report.kind().isUnderstood());
	}

}
