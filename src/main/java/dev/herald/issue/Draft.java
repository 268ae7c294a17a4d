package dev.herald.issue;

import java.time.Instant;

/**
 * A text that somebody writes and that is no version yet. Its text is asked for with
 * {@link Drafts#text}.
 *
 * @param basedOn the version it began as
 * @param writer the account
 * @param revision counts how often it was kept, from 1
 */
public record Draft(int id, int issueId, int basedOn, String writer, Instant keptAt, int revision) {
}
