package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

import dev.herald.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A send that is asked for.
 *
 * @param fingerprint of the compiled issue that is approved with it
 * @param dueAt of the first delivery, where there is a local time
 * @param segment that it goes to, as it is now; null: to all
 * @param needsApproval by somebody else than who asks; it is held until then
 * @param resent as in {@link Send}
 */
record NewSend(int issueId, int versionId, String fingerprint, boolean rehearsal, Instant dueAt, ZoneId zone,
		@Nullable LocalDateTime localAt, @Nullable Segment segment, boolean needsApproval, String requestedBy,
		Set<DeliveryState> resent) {
}
