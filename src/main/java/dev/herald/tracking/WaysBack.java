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
 * @param listener to which mail servers hand over
 */
@ConfigurationProperties("herald.bounce")
record WaysBack(@DefaultValue Map<String, Mailbox> mailboxes, @DefaultValue Listener listener) {

	/** Whether there is one for mails. */
	boolean takeMails() {
		return this.listener.enabled()
				|| this.mailboxes.values().stream().anyMatch((mailbox) -> mailbox.host() != null);
	}

	record Mailbox(@Nullable String host) {
	}

	record Listener(@DefaultValue("false") boolean enabled) {
	}

}
