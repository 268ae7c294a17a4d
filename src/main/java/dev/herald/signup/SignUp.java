package dev.herald.signup;

import java.time.Instant;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table sign_up.
 *
 * @param offeredAt when its link was first sent; null where none was
 */
record SignUp(long id, int newsletterId, EmailAddress address, String name, Locale language, String form,
		String agreement, State state, Instant askedAt, @Nullable Instant offeredAt) {

	/** Stored by name. */
	enum State {

		ASKED,

		/** A confirmation link was sent, or is about to. */
		OFFERED,

		/** It was said that there is a subscription already. */
		KNOWN,

		/** No mail went out. */
		SILENT,

		CONFIRMED,

		/** Its mail came back: none goes out, and its link confirms nothing. */
		CLOSED

	}

}
