package dev.herald.bounce;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailbox that reports come back to.
 *
 * @param protocol imaps unless set
 * @param host no mailbox is read while it is not set
 * @param port the protocol's own unless set
 * @param folder of IMAP; POP3 has only INBOX
 * @param connectTimeout until the server answers
 * @param readTimeout of each answer
 */
@ConfigurationProperties("herald.bounce.mailbox")
record MailboxSettings(@DefaultValue("imaps") Protocol protocol, @Nullable String host, @Nullable Integer port,
		@DefaultValue("") String username, @DefaultValue("") String password, @DefaultValue("INBOX") String folder,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("30s") Duration readTimeout) {

	boolean configured() {
		return this.host != null && !this.host.isBlank();
	}

	/** Names the mailbox to people; holds no secret. */
	String address() {
		return "%s://%s%s/%s".formatted(this.protocol.scheme(), this.host, (this.port != null) ? ":" + this.port : "",
				this.folder);
	}

	@Override
	public String toString() {
		return address();
	}

	/** How the mailbox is reached; the s is for TLS from the first byte. */
	enum Protocol {

		IMAP, IMAPS, POP3, POP3S;

		String scheme() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
