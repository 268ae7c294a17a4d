package dev.herald.tracking;

/**
 * What a token is good for; one made for one purpose is nothing for another. The codes
 * are in mails already sent: never reuse one.
 */
enum TokenPurpose {

	UNSUBSCRIBE(1), ENVELOPE_SENDER(2), MESSAGE_ID(3),

	/** In an address: a mail to it unsubscribes (RFC 2369 section 3.2). */
	UNSUBSCRIBE_BY_MAIL(4),

	/** Names no delivery but a consent record. */
	UNDO(5),

	/** Names no delivery but what a reader has asked for. */
	READER_REQUEST(16),

	/**
	 * In the links and the pixel of tracked mails. The subscriber is 0 in mails that are
	 * the same for all.
	 */
	TRACKING(20),

	/** Unsubscribes too: of a newsletter and a subscriber, in mails that are no issue. */
	SUBSCRIPTION(21),

	/** Confirms a sign-up. */
	SIGN_UP(22),

	/** In a sign-up form: when it was shown. */
	SIGN_UP_FORM(23),

	/**
	 * In envelope sender and Message-ID of the mail that answers a sign-up: what comes
	 * back names it, and can't confirm it.
	 */
	SIGN_UP_MAIL(24);

	private final int code;

	TokenPurpose(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

}
