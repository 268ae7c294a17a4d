package dev.herald.bounce;

import java.time.Duration;
import java.util.Map;

import dev.herald.bounce.MailboxSettings.After;
import dev.herald.bounce.MailboxSettings.Protocol;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A mailbox as it was written below {@code herald.bounce.mailboxes.NAME}. Null is for
 * what was left out and depends on the protocol.
 */
record MailboxEntry(@DefaultValue("imaps") Protocol protocol, @Nullable String host, @Nullable Integer port,
		@DefaultValue("") String username, @DefaultValue("") String password, @DefaultValue("INBOX") String folder,
		@Nullable After after, @Nullable String recordedFolder, @Nullable String reviewFolder, @Nullable Boolean idle,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("30s") Duration readTimeout,
		@DefaultValue Map<String, String> properties) {

	/**
	 * @throws dev.herald.problem.Problem naming the key that is wrong
	 */
	MailboxSettings named(String name) {
		boolean imap = this.protocol.hasFolders();
		return new MailboxSettings(name, this.protocol, (this.host != null) ? this.host.strip() : "", this.port,
				this.username, this.password, this.folder.strip(),
				(this.after != null) ? this.after : (imap ? After.MOVE : After.DELETE),
				(this.recordedFolder != null) ? this.recordedFolder.strip() : (imap ? "Herald/Recorded" : ""),
				(this.reviewFolder != null) ? this.reviewFolder.strip() : (imap ? "Herald/Review" : ""),
				(this.idle != null) ? this.idle : imap, this.connectTimeout, this.readTimeout, this.properties);
	}

}
