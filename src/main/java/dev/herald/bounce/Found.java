package dev.herald.bounce;

import java.util.Optional;

import dev.herald.tracking.DeliveryKey;

/**
 * What a token in something that came back names: at most one of these.
 *
 * @param delivery that a report is about
 * @param unsubscribe the delivery whose reader leaves by a mail to this address
 * @param signUp whose answer a report is about
 */
record Found(Optional<DeliveryKey> delivery, Optional<DeliveryKey> unsubscribe, Optional<Long> signUp) {

	static final Found NOTHING = new Found(Optional.empty(), Optional.empty(), Optional.empty());

	static Found delivery(DeliveryKey delivery) {
		return new Found(Optional.of(delivery), Optional.empty(), Optional.empty());
	}

	static Found unsubscribe(DeliveryKey delivery) {
		return new Found(Optional.empty(), Optional.of(delivery), Optional.empty());
	}

	static Found signUp(long signUp) {
		return new Found(Optional.empty(), Optional.empty(), Optional.of(signUp));
	}

}
