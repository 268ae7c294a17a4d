package dev.herald.account;

import java.nio.charset.StandardCharsets;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;

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
			throw Problem.usage("The password is too short: it needs at least " + MIN_CHARACTERS + " characters.");
		}
		if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
			throw Problem.usage("The password is too long: at most " + MAX_BYTES
					+ " bytes, which is as many plain letters or a third as many Chinese characters.");
		}
		if (password.codePoints().distinct().count() < 5 || password.equalsIgnoreCase(owner.value())) {
			throw Problem
				.usage("The password is too easy to guess: use several words that only you would put together.");
		}
	}

}
