package dev.herald.subscriber;

/** A subscriber's consent to one newsletter; stored by name. */
public enum SubscriptionState {

	/** Asked for, not confirmed. Gets nothing. */
	PENDING, ACTIVE, UNSUBSCRIBED

}
