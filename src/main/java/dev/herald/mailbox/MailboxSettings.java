package dev.herald.mailbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The built-in mailbox.
 *
 * @param imapPort on 127.0.0.1, where reports to the bounce address can be read; 0 (the
 * default) offers no IMAP
 * @param imapPassword of the bounce address; must be set when imapPort is
 */
@ConfigurationProperties("herald.mailbox")
public record MailboxSettings(@DefaultValue("0") int imapPort, @DefaultValue("") String imapPassword) {

	public MailboxSettings {
		if (imapPort < 0 || imapPort > 65535) {
			throw new IllegalArgumentException("herald.mailbox.imap-port must be from 0 to 65535, not " + imapPort);
		}
		if (imapPort > 0 && imapPassword.isEmpty()) {
			throw new IllegalArgumentException("herald.mailbox.imap-password must be set where imap-port is");
		}
	}

	boolean offersImap() {
		return this.imapPort > 0;
	}

}
