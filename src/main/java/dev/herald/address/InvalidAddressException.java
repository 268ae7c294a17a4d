package dev.herald.address;

import dev.herald.problem.Problem;

/**
 * An address that Herald will not mail to. The message says why, and quotes no more of it
 * than is safe to print.
 */
public class InvalidAddressException extends Problem {

	InvalidAddressException(String message) {
		super(Kind.USAGE, message);
	}

}
