package dev.herald.account;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A way in for a program. The secret itself is known to whom it was shown alone.
 *
 * @param prefix how the secret begins, to recognise it by
 * @param lastUsedAt to the minute; null: never
 */
public record ApiToken(int id, String name, String prefix, Instant createdAt, Instant expiresAt,
		@Nullable Instant lastUsedAt, boolean revoked) {

	public boolean isOver(Instant now) {
		return this.revoked || !now.isBefore(this.expiresAt);
	}

}
