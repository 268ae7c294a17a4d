package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A send that is asked for.
 *
 * @param fingerprint of the compiled issue that is approved with it
 * @param needsApproval by somebody else than who asks; it is held until then
 */
record NewSend(int issueId, int versionId, String fingerprint, boolean rehearsal, Instant dueAt, ZoneId zone,
		boolean needsApproval, String requestedBy) {
}
