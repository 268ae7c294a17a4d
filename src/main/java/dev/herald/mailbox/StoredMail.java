package dev.herald.mailbox;

import java.time.Instant;

import dev.herald.address.EmailAddress;

/** A mail in the built-in mailbox. The id is safe in a URL. */
public record StoredMail(String id, EmailAddress recipient, String subject, Instant storedAt) {
}
