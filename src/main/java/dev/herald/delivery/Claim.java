package dev.herald.delivery;

/** The wish to try a delivery now, on behalf of a send that this process works on. */
record Claim(ActiveSend send, ReadyDelivery delivery) {

	/** What came of it. */
	enum Answer {

		/** Marked SENDING, committed: DATA may begin. */
		CLAIMED,
		/** Its consent went since the freeze; marked SKIPPED. */
		SKIPPED,
		/** It does not wait any more: settled otherwise, or past its deadline. */
		GONE,
		/** The send was paused or cancelled, or another process owns it. */
		STOPPED

	}

}
