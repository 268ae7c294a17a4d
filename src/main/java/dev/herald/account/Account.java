package dev.herald.account;

import java.time.Instant;

import dev.herald.address.EmailAddress;

/**
 * A person who signs in.
 *
 * @param enabled a disabled account can't sign in, and its sessions end at their next
 * request
 */
public record Account(int id, EmailAddress address, Role role, boolean enabled, Instant createdAt) {
}
