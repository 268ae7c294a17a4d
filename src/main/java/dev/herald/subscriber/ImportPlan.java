package dev.herald.subscriber;

import java.nio.file.Path;

import dev.herald.newsletter.Newsletter;

/**
 * What is to be imported, and how it is read.
 *
 * @param id names this import of this list: the same one goes on where it was broken off
 * @param rejects where rows go that are not taken; not created when there are none,
 * replaced when it exists
 * @param source what the list is called in the evidence of suppressions
 */
public record ImportPlan(String id, Newsletter newsletter, Path file, Path rejects, Dialect dialect, Mapping mapping,
		Everyone everyone, String source) {
}
