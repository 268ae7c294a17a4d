package dev.herald.bounce;

import dev.herald.bounce.BounceMailbox.MailInBox;

/** A mail of a mailbox, read. */
record CollectedMail(MailInBox mail, Returned returned) {
}
