package dev.herald.tracking;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What the ledger knows of when a delivery was accepted. Thread-safe. */
public interface Acceptances {

	/** Empty where the ledger has no such delivery. */
	Optional<Acceptance> of(DeliveryKey delivery);

	/**
	 * @param at null while nobody has accepted it
	 */
	record Acceptance(@Nullable Instant at) {
	}

}
