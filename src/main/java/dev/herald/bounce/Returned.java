package dev.herald.bounce;

import dev.herald.returns.Report;

/**
 * What came back, read, before anything is recorded of it.
 *
 * @param source names the way it came to people: a mailbox, the listener, a provider
 * @param sha256 in hexadecimal, of the event as it came or of the mail without what its
 * way has put before it: the same again is known by it
 * @param subject what it is about
 */
public record Returned(String source, String sha256, Report report, Subject subject) {
}
