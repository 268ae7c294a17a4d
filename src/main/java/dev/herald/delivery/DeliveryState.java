package dev.herald.delivery;

/** The states of the ledger. The numbers are stored: never reuse one. */
public enum DeliveryState {

	/** In the audience, not tried. */
	READY(0),
	/** Claimed: DATA may have begun. */
	SENDING(1),
	/** The relay took responsibility. Not: delivered. */
	ACCEPTED(2),
	/** 4xx; tried again when it is due. */
	DEFERRED(3),
	/** 5xx; final. */
	REJECTED(4),
	/** DATA begun, no answer known; never re-sent by itself. */
	UNCERTAIN(5),
	/** Consent went between freeze and claim. */
	SKIPPED(6),
	/** The deadline passed before a relay accepted it. */
	EXPIRED(7),
	/** The send was cancelled before this one was tried. */
	CANCELLED(8);

	private final int code;

	DeliveryState(int code) {
		this.code = code;
	}

	public int code() {
		return this.code;
	}

	public boolean isFinal() {
		return switch (this) {
			case READY, SENDING, DEFERRED -> false;
			case ACCEPTED, REJECTED, UNCERTAIN, SKIPPED, EXPIRED, CANCELLED -> true;
		};
	}

	public static DeliveryState ofCode(int code) {
		for (DeliveryState state : values()) {
			if (state.code == code) {
				return state;
			}
		}
		throw new IllegalArgumentException("No ledger state has the code " + code);
	}

}
