package dev.herald.pacing;

import org.jspecify.annotations.Nullable;

/**
 * Who keeps the mailboxes of a recipient's domain. Immutable.
 *
 * @param code what the ledger keeps: 1 to 63 are Herald's own, 64 to 127 an operator's; 0
 * is {@link #OTHER}
 * @param name as in batch/send-issue.yaml
 * @param connections to a relay that may carry its messages at one time; null for no
 * limit
 * @param rate of its messages over the whole installation; null for no limit
 * @param messagesPerConnection after which a connection is opened anew; null for no limit
 */
public record Provider(int code, String name, @Nullable Integer connections, @Nullable Rate rate,
		@Nullable Integer messagesPerConnection) {

	/** What the ledger's TINYINT holds. */
	public static final int MAX_CODE = 127;

	/** All domains that belong to no provider that Herald knows. */
	public static final Provider OTHER = new Provider(0, "other", null, null, null);

	@Override
	public String toString() {
		return this.name;
	}

}
