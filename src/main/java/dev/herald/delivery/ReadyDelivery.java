package dev.herald.delivery;

import dev.herald.address.EmailAddress;
import dev.herald.render.Recipient;
import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryKey;

/**
 * A delivery that may be tried, read from the ledger: the item of the step "deliver".
 *
 * @param attempts made before
 * @param tracked whether the reader consented to it; asked only where that matters
 */
record ReadyDelivery(DeliveryKey key, EmailAddress address, String name, int attempts, boolean tracked) {

	/** What the ledger's TINYINT counts up to. */
	private static final int MOST_ATTEMPTS = 127;

	Recipient recipient() {
		return new Recipient(this.key, new Subscriber(this.key.subscriberId(), this.address, this.name), this.tracked);
	}

	int nextAttempt() {
		return Math.min(this.attempts + 1, MOST_ATTEMPTS);
	}

}
