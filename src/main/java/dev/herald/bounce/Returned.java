package dev.herald.bounce;

import java.util.Optional;

import dev.herald.returns.Report;
import dev.herald.tracking.DeliveryKey;

/**
 * What came back, read, before anything is recorded of it.
 *
 * @param source names the way it came to people: a mailbox, the listener, a provider
 * @param sha256 in hexadecimal, of the event as it came or of the mail without what its
 * way has put before it: the same again is known by it
 * @param delivery which it is about; empty without a valid token
 * @param unsubscribe the delivery whose reader leaves by this mail; empty for others
 * @param signUp whose answer it is about, by a valid token; empty for others
 * @param ofTest whether it answers a test, which is no delivery
 */
public record Returned(String source, String sha256, Report report, Optional<DeliveryKey> delivery,
		Optional<DeliveryKey> unsubscribe, Optional<Long> signUp, boolean ofTest) {
}
