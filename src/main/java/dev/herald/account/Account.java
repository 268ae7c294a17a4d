package dev.herald.account;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in.
 *
 * @param enabled a disabled account can't sign in, and its sessions and tokens are worth
 * nothing
 * @param language of its pages; null: as the browser asks
 * @param zone of the times on them; null: the server's
 * @param totp whether signing in takes a code beside the password
 * @param sessionGeneration sessions that began under another number are over
 */
public record Account(int id, EmailAddress address, Role role, boolean enabled, @Nullable Locale language,
		@Nullable ZoneId zone, boolean totp, int sessionGeneration, Instant createdAt) {
}
