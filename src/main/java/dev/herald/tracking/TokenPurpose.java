package dev.herald.tracking;

/**
 * What a token is good for; one made for one purpose is nothing for another. The codes
 * are in mails already sent: never reuse one.
 */
enum TokenPurpose {

	UNSUBSCRIBE(1), ENVELOPE_SENDER(2), MESSAGE_ID(3);

	private final int code;

	TokenPurpose(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

}
