package dev.herald.person;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asked for, and a mail has to confirm: the link on the preferences page is
 * in every mail, and so in every mail that was forwarded.
 *
 * @param address where the mail goes
 * @param newsletterId whose sender it comes from
 * @param language of the mail and of the page behind its link
 * @param doneAt null while nobody has confirmed it
 */
public record ReaderRequest(long id, Kind kind, int subscriberId, int newsletterId, EmailAddress address,
		Locale language, Instant askedAt, Instant expiresAt, @Nullable Instant doneAt) {

	/** Stored by name. */
	public enum Kind {

		/** Mails go to a new address, which confirms. */
		ADDRESS(Duration.ofDays(3)),

		/** Tells the old address that they do, and lets it take that back. */
		MOVED(Duration.ofDays(7)),

		/** A copy of all that is kept. */
		EXPORT(Duration.ofDays(1)),

		/** All that is kept is erased. */
		ERASE(Duration.ofDays(1));

		private final Duration validFor;

		Kind(Duration validFor) {
			this.validFor = validFor;
		}

		Duration validFor() {
			return this.validFor;
		}

	}

	boolean open(Instant now) {
		return now.isBefore(this.expiresAt);
	}

}
