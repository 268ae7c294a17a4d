package dev.herald.tracking;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether anything takes in what comes back to the bounce address. Without that an
 * unsubscribe by mail would be lost in silence.
 *
 * @param mailboxes by name; the bounce module checks them
 */
@ConfigurationProperties("herald.bounce")
record ReturnMailbox(@DefaultValue Map<String, Mailbox> mailboxes) {

	/** Each way in for mails counts: another one is asked for here. */
	boolean isRead() {
		return this.mailboxes.values().stream().anyMatch((mailbox) -> mailbox.host() != null);
	}

	record Mailbox(@Nullable String host) {
	}

}
