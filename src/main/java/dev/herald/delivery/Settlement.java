package dev.herald.delivery;

import java.time.Instant;

import dev.herald.smtp.SmtpReply;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claimed delivery, as the ledger is to record it.
 *
 * @param state READY gives it back: nothing was handed over, and the attempt does not
 * count
 * @param nextAt when it may be tried next; null where that means nothing, or at once
 * @param reply what the relay said, where it was not accepted
 * @param addressIsDead the reply says that there is no such mailbox
 */
record Settlement(DeliveryKey key, DeliveryState state, @Nullable Instant nextAt, @Nullable SmtpReply reply,
		boolean addressIsDead) {

	static Settlement accepted(DeliveryKey key) {
		return new Settlement(key, DeliveryState.ACCEPTED, null, null, false);
	}

	static Settlement deferred(DeliveryKey key, Instant nextAt, SmtpReply reply) {
		return new Settlement(key, DeliveryState.DEFERRED, nextAt, reply, false);
	}

	static Settlement rejected(DeliveryKey key, SmtpReply reply, boolean addressIsDead) {
		return new Settlement(key, DeliveryState.REJECTED, null, reply, addressIsDead);
	}

	static Settlement uncertain(DeliveryKey key, String reason) {
		return new Settlement(key, DeliveryState.UNCERTAIN, null, new SmtpReply(0, "", reason), false);
	}

	static Settlement givenBack(DeliveryKey key) {
		return new Settlement(key, DeliveryState.READY, null, null, false);
	}

}
