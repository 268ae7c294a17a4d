package dev.herald.delivery;

import java.time.Instant;

/**
 * A limit that was changed while Herald runs.
 *
 * @param name as in the file; of a relay {@code relays.NAME.rate}
 * @param value as it would be written there; empty for no limit
 * @param by who changed it
 */
public record LimitChange(String name, String value, String by, Instant at) {
}
