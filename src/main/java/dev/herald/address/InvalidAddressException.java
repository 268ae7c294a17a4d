package dev.herald.address;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * An address that Herald will not mail to. The message says why, and quotes no more of it
 * than is safe to print.
 */
public class InvalidAddressException extends Problem {

	private final Sentence sentence;

	InvalidAddressException(Sentence sentence) {
		super(Kind.USAGE, sentence);
		this.sentence = sentence;
	}

	/** What is wrong, as a part of what else there is to say. */
	public Sentence sentence() {
		return this.sentence;
	}

}
