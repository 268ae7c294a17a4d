package dev.herald.subscriber;

import java.util.Optional;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers, their consent and suppressions. Every change leaves a consent record.
 * Thread-safe.
 */
public class Subscriptions {

	public Optional<Subscriber> find(int subscriberId) {
		throw new UnsupportedOperationException();
	}

	public Optional<SubscriptionState> state(int newsletterId, int subscriberId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return false where there was nothing to end: unsubscribing twice is no error
	 */
	public boolean unsubscribe(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return false where the address was suppressed already; the first reason stays
	 */
	public boolean suppress(EmailAddress address, SuppressionReason reason, String evidence) {
		throw new UnsupportedOperationException();
	}

	public Optional<SuppressionReason> suppression(EmailAddress address) {
		throw new UnsupportedOperationException();
	}

	/** Subscriptions of a newsletter by state. */
	public SubscriptionCounts count(int newsletterId) {
		throw new UnsupportedOperationException();
	}

}
