package dev.herald.audit;

/**
 * Who does something.
 *
 * @param name the account's address, with the token's name for a token; the user of the
 * operating system; the address of a client that nobody has signed in from; empty for
 * Herald itself
 */
public record Actor(Kind kind, String name) {

	public static final Actor HERALD = new Actor(Kind.HERALD, "");

	/** Stored by name. */
	public enum Kind {

		ACCOUNT, TOKEN, COMMAND_LINE, VISITOR, HERALD

	}

}
