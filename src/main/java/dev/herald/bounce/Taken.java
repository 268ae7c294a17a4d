package dev.herald.bounce;

/** What became of something that came back. */
public sealed interface Taken {

	/**
	 * It says something of a delivery, and that is on record.
	 *
	 * @param bounce whether a bounce was recorded that was not known
	 * @param suppressed whether an address was suppressed by it
	 */
	record Recorded(boolean bounce, boolean suppressed) implements Taken {
	}

	/** A reader has left by it; or had left before. */
	record Unsubscribed() implements Taken {
	}

	/** It is about a mail that answered a sign-up, which learns of it. */
	record OfSignUp() implements Taken {
	}

	/** It answers a test, and counts against nobody. */
	record OfTest() implements Taken {
	}

	/** No machine can act on it: without a valid token, or not understood. */
	record ForReview() implements Taken {
	}

}
