package dev.herald.bounce;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import dev.herald.digest.Sha256;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that reports come back to.
 *
 * @param name of the mailbox in the settings
 * @param port 1 to 65535; null for the protocol's own
 * @param folder that is read; POP3 has only INBOX
 * @param after what becomes of a mail once it is recorded
 * @param recordedFolder where it is moved then; levels are written with a slash
 * @param reviewFolder where a mail goes that was not understood; empty leaves it in place
 * @param idle whether a running server waits for mails over IMAP IDLE
 * @param connectTimeout until the server answers, 1 s to 10 min
 * @param readTimeout of each answer, 1 s to 10 min
 * @param properties further ones of Angus Mail, which win over Herald's own
 */
record MailboxSettings(String name, Protocol protocol, String host, @Nullable Integer port, String username,
		String password, String folder, After after, String recordedFolder, String reviewFolder, boolean idle,
		Duration connectTimeout, Duration readTimeout, Map<String, String> properties) {

	private static final String INBOX = "INBOX";

	/**
	 * @throws Problem naming the key that is wrong
	 */
	MailboxSettings {
		require(name.matches("[a-z0-9-]{1,40}"), name, "",
				"can't be called that: a mailbox's name has 1 to 40 of a to z, 0 to 9 and -. The name is yours; main will do.");
		require(!host.isEmpty(), name, "host", "must be set: it is where the mailbox is.");
		require(port == null || (port >= 1 && port <= 65535), name, "port", "must be from 1 to 65535.");
		require(!folder.isEmpty(), name, "folder", "must not be empty; INBOX is the usual one.");
		requireTimeout(connectTimeout, name, "connect-timeout");
		requireTimeout(readTimeout, name, "read-timeout");
		if (protocol.hasFolders()) {
			requireApart(name, folder, after, recordedFolder, reviewFolder);
		}
		else {
			requirePlain(name, folder, after, recordedFolder, reviewFolder, idle);
		}
	}

	private static void requireApart(String name, String folder, After after, String recordedFolder,
			String reviewFolder) {
		if (after == After.MOVE) {
			require(!recordedFolder.isEmpty(), name, "recorded-folder",
					"must not be empty where recorded mails are moved. To keep none, set after to delete.");
			require(!recordedFolder.equalsIgnoreCase(folder), name, "recorded-folder",
					"is the folder that is read: the mails would be read for ever. Name another.");
			require(!recordedFolder.equalsIgnoreCase(reviewFolder), name, "review-folder",
					"is recorded-folder too: nobody could tell which mails to look at. Name another.");
		}
		require(!reviewFolder.equalsIgnoreCase(folder), name, "review-folder",
				"is the folder that is read. Leave it empty for the mails to stay there.");
	}

	/** RFC 1939 has one mailbox, and of all acts on a mail only the deletion. */
	private static void requirePlain(String name, String folder, After after, String recordedFolder,
			String reviewFolder, boolean idle) {
		require(after == After.DELETE, name, "after",
				"can't be %s: over POP3 a recorded mail can only be deleted. Leave it out, or use IMAP."
					.formatted(after.inWords()));
		require(folder.equalsIgnoreCase(INBOX), name, "folder", "can't be set: POP3 has only INBOX.");
		require(recordedFolder.isEmpty(), name, "recorded-folder", "can't be set: POP3 has no folders.");
		require(reviewFolder.isEmpty(), name, "review-folder",
				"can't be set: POP3 has no folders. What was not understood stays in the mailbox.");
		require(!idle, name, "idle", "can't be true: POP3 can only be polled.");
	}

	private static void requireTimeout(Duration timeout, String name, String key) {
		require(timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(Duration.ofMinutes(10)) <= 0, name,
				key, "must be from 1s to 10m.");
	}

	private static void require(boolean condition, String name, String key, String otherwise) {
		if (!condition) {
			throw Problem
				.usage("%s.%s%s %s".formatted(Mailboxes.PREFIX, name, key.isEmpty() ? "" : "." + key, otherwise));
		}
	}

	/**
	 * The same mailbox for somebody who waits: connecting and each answer may take so
	 * long.
	 */
	MailboxSettings answeringWithin(Duration patience) {
		return new MailboxSettings(this.name, this.protocol, this.host, this.port, this.username, this.password,
				this.folder, this.after, this.recordedFolder, this.reviewFolder, this.idle, patience, patience,
				this.properties);
	}

	/** Names the mailbox to people; holds no secret. */
	String label() {
		return "%s (%s://%s%s/%s)".formatted(this.name, this.protocol.scheme(), this.host,
				(this.port != null) ? ":" + this.port : "", this.folder);
	}

	/**
	 * Names it in collected_mail, whatever it is called in the settings. The column's 190
	 * characters are enough for all but the strangest.
	 */
	String key() {
		String key = "%s %s://%s%s/%s".formatted(this.username, this.protocol.scheme(), this.host,
				(this.port != null) ? ":" + this.port : "", this.folder);
		return (key.length() <= 190) ? key : Sha256.hex(key);
	}

	@Override
	public String toString() {
		return label();
	}

	/** How the mailbox is reached; the s is for TLS from the first byte. */
	enum Protocol {

		IMAP, IMAPS, POP3, POP3S;

		String scheme() {
			return name().toLowerCase(Locale.ROOT);
		}

		boolean hasFolders() {
			return this == IMAP || this == IMAPS;
		}

	}

	/** What becomes of a mail once it is recorded. */
	enum After {

		MOVE, FLAG, DELETE;

		String inWords() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
