package dev.herald.bounce;

import dev.herald.bounce.BounceMailbox.MailInBox;

/** A mail of a mailbox, before anything is recorded of it. */
sealed interface CollectedMail {

	MailInBox mail();

	record Read(MailInBox mail, Returned returned) implements CollectedMail {
	}

	/**
	 * No sense could be made of it, by a fault of the server or of Herald.
	 *
	 * @param fault without anything that the mail says
	 */
	record Unreadable(MailInBox mail, String fault) implements CollectedMail {
	}

}
