package dev.herald.delivery;

/**
 * The database could not be used: killed, full, cut off, or the process had to end before
 * it was back. What was claimed and not recorded is found UNCERTAIN by whoever goes on
 * with the send.
 */
class LedgerUnreachableException extends RuntimeException {

	LedgerUnreachableException(Throwable cause) {
		super("The ledger could not be written", cause);
	}

}
