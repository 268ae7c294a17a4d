package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * A send that is asked for.
 *
 * @param fingerprint of the compiled issue that is approved with it
 * @param dueAt of the first delivery, where there is a local time
 * @param needsApproval by somebody else than who asks; it is held until then
 */
record NewSend(int issueId, int versionId, String fingerprint, boolean rehearsal, Instant dueAt, ZoneId zone,
		@Nullable LocalDateTime localAt, boolean needsApproval, String requestedBy) {
}
