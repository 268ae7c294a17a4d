package dev.herald.delivery;

import dev.herald.tracking.DeliveryReceived;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What shows that a mail arrived settles its delivery, where the ledger did not know:
 * UNCERTAIN becomes ACCEPTED.
 */
@Component
class SettledByReaders {

	private final Claims claims;

	SettledByReaders(Claims claims) {
		this.claims = claims;
	}

	@EventListener
	void on(DeliveryReceived received) {
		this.claims.settleUncertain(received.delivery());
	}

}
