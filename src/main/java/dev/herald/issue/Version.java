package dev.herald.issue;

import java.time.Instant;

/**
 * One state of an issue's source; it never changes. A send names the version it sends.
 *
 * @param number within the issue, from 1
 * @param writer the account that saved it; empty where it was imported
 */
public record Version(int id, int issueId, int number, String fileName, String writer, Instant savedAt) {
}
