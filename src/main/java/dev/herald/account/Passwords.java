package dev.herald.account;

import java.nio.charset.StandardCharsets;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/** The rules for a new password. */
final class Passwords {

	static final int MIN_CHARACTERS = 12;

	/** bcrypt reads no further. */
	static final int MAX_BYTES = 72;

	private Passwords() {
	}

	/**
	 * @throws Problem saying which rule it breaks; never quotes it
	 */
	static void check(String password, EmailAddress owner) {
		if (password.codePointCount(0, password.length()) < MIN_CHARACTERS) {
			throw Problem.usage(Sentence.of("account.password.short", MIN_CHARACTERS));
		}
		if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
			throw Problem.usage(Sentence.of("account.password.long", MAX_BYTES));
		}
		if (password.codePoints().distinct().count() < 5 || password.equalsIgnoreCase(owner.value())) {
			throw Problem.usage(Sentence.of("account.password.easy"));
		}
	}

}
