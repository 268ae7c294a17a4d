package dev.herald.subscriber;

/** Why an address gets nothing from this installation; stored by name. */
public enum SuppressionReason {

	HARD_BOUNCE, SOFT_BOUNCES, COMPLAINT, ADMIN,

	/** The person was erased. Only an HMAC of the address is kept. */
	ERASED

}
