package dev.herald.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** Tokens of sign-up forms, and of the links that confirm a sign-up. Thread-safe. */
@Component
public class SignUpTokens {

	/** Milliseconds since 1970 have 41 until 2039, 42 until 2109. */
	private static final int TIME_BITS = 42;

	private final Tokens tokens;

	private final Clock clock;

	SignUpTokens(Tokens tokens, Clock clock) {
		this.tokens = tokens;
		this.clock = clock;
	}

	public String confirmation(long signUp) {
		return this.tokens.writeNumber(TokenPurpose.SIGN_UP, signUp);
	}

	/** Empty for whatever is no such token. */
	public Optional<Long> signUp(String confirmation) {
		return this.tokens.readNumber(TokenPurpose.SIGN_UP, confirmation);
	}

	/** Says that a form of this newsletter is shown now. */
	public String form(int newsletterId) {
		return this.tokens.writeNumber(TokenPurpose.SIGN_UP_FORM,
				((long) newsletterId << TIME_BITS) | this.clock.instant().toEpochMilli());
	}

	/** How long ago the form was shown; empty where it was none of this newsletter. */
	public Optional<Duration> formAge(int newsletterId, String form) {
		return this.tokens.readNumber(TokenPurpose.SIGN_UP_FORM, form)
			.filter((number) -> number >> TIME_BITS == newsletterId)
			.map((number) -> Duration.between(Instant.ofEpochMilli(number & ((1L << TIME_BITS) - 1)),
					this.clock.instant()));
	}

}
