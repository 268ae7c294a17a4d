package dev.herald.render;

import dev.herald.address.EmailAddress;

/**
 * A message ready for the wire.
 *
 * @param content the whole message, CRLF line ends, not dot-stuffed, 7 bit clean. Not
 * copied: do not change it.
 * @param bodyOffset where in content the body begins, behind the empty line
 */
public record OutgoingMessage(EmailAddress envelopeSender, EmailAddress recipient, byte[] content, int bodyOffset) {
}
