package dev.herald.render;

import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryKey;

/**
 * Whom a compiled issue is rendered for.
 *
 * @param tracked whether the reader consented to it
 */
public record Recipient(DeliveryKey delivery, Subscriber subscriber, boolean tracked) {

	/** Who did not consent to being tracked. */
	public Recipient(DeliveryKey delivery, Subscriber subscriber) {
		this(delivery, subscriber, false);
	}

	/** The same reader, having consented. */
	Recipient consenting() {
		return new Recipient(this.delivery, this.subscriber, true);
	}

}
