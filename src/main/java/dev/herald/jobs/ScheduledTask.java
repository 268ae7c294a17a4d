package dev.herald.jobs;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What servers will do, and when.
 *
 * @param instance the id of a send; "recurring" for what comes again and again
 * @param dueAt when its next turn is
 * @param pickedBy the server that works on it now; empty where none does
 * @param failures in a row
 */
public record ScheduledTask(String name, String instance, Instant dueAt, String pickedBy, @Nullable Instant lastSuccess,
		@Nullable Instant lastFailure, int failures) {
}
