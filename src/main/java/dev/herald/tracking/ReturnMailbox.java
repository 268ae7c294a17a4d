package dev.herald.tracking;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether there is a mailbox for what comes back to the bounce address. Without one an
 * unsubscribe by mail would be lost in silence.
 *
 * @param host of the mailbox
 */
@ConfigurationProperties("herald.bounce.mailbox")
record ReturnMailbox(@Nullable String host) {

	boolean isRead() {
		return this.host != null && !this.host.isBlank();
	}

}
