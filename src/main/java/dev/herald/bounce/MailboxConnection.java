package dev.herald.bounce;

import java.util.Properties;

import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is signed in, with the mailbox's folder open. Not thread-safe; only
 * {@link #close()} may come from another thread.
 */
final class MailboxConnection implements AutoCloseable {

	private final MailboxSettings settings;

	private final Store store;

	private final Folder folder;

	private MailboxConnection(MailboxSettings settings, Store store, Folder folder) {
		this.settings = settings;
		this.store = store;
		this.folder = folder;
	}

	/**
	 * @param mode of the folder: {@link Folder#READ_WRITE} or {@link Folder#READ_ONLY}
	 * @throws Problem naming the mailbox and the reason
	 */
	static MailboxConnection open(MailboxSettings settings, int mode) {
		Store store = null;
		try {
			String protocol = settings.protocol().scheme();
			store = Session.getInstance(properties(settings, "mail." + protocol + ".")).getStore(protocol);
			int port = (settings.port() != null) ? settings.port() : -1;
			store.connect(settings.host(), port, settings.username(), settings.password());
			Folder folder = MailboxFolders.find(store, settings.folder());
			folder.open(mode);
			return new MailboxConnection(settings, store, folder);
		}
		catch (MessagingException ex) {
			closeQuietly(store);
			throw unreadable(settings, ex);
		}
	}

	private static Properties properties(MailboxSettings settings, String prefix) {
		Properties properties = new Properties();
		properties.setProperty(prefix + "connectiontimeout", Long.toString(settings.connectTimeout().toMillis()));
		properties.setProperty(prefix + "timeout", Long.toString(settings.readTimeout().toMillis()));
		properties.setProperty(prefix + "writetimeout", Long.toString(settings.readTimeout().toMillis()));
		properties.setProperty(prefix + "starttls.enable", "true");
		properties.setProperty(prefix + "ssl.checkserveridentity", "true");
		// What stays in the mailbox stays unread for the person who looks there.
		properties.setProperty(prefix + "peek", "true");
		// POP3 has no partial reading: a huge mail goes to a temporary file.
		properties.setProperty(prefix + "filecache.enable", "true");
		settings.properties().forEach(properties::setProperty);
		return properties;
	}

	/** What to tell where an exchange with the server failed. */
	Problem unreadable(Exception ex) {
		return unreadable(this.settings, ex);
	}

	private static Problem unreadable(MailboxSettings settings, Exception ex) {
		Sentence reason = (ex instanceof AuthenticationFailedException) ? Sentence.of("bounce.sign-in-refused")
				: KeptSentence.said(rootMessage(ex));
		return new Problem(Problem.Kind.WORK, Sentence.of("bounce.unreadable", settings.label(), reason,
				"%s.%s.*".formatted(Mailboxes.PREFIX, settings.name())), ex);
	}

	static String rootMessage(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = (root.getMessage() != null) ? root.getMessage() : "";
		String line = message.lines().findFirst().orElse("").replaceAll("[\\p{Cc}]", " ").replaceAll("\\.$", "");
		return root.getClass().getSimpleName() + (line.isBlank() ? "" : ": " + line);
	}

	MailboxSettings settings() {
		return this.settings;
	}

	Store store() {
		return this.store;
	}

	Folder folder() {
		return this.folder;
	}

	/**
	 * Whether the server offers an extension of IMAP; no server of POP3 does. The
	 * folder's own connection knows: the store would open a second one to ask.
	 */
	boolean has(String capability) throws MessagingException {
		return this.folder instanceof IMAPFolder imap
				&& Boolean.TRUE.equals(imap.doCommand((protocol) -> protocol.hasCapability(capability)));
	}

	/** Asks the server. */
	boolean isAlive() {
		try {
			if (this.folder instanceof IMAPFolder imap && imap.isOpen()) {
				imap.doCommand((protocol) -> {
					protocol.noop();
					return null;
				});
			}
			return this.folder.isOpen();
		}
		catch (MessagingException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		try {
			if (this.folder.isOpen()) {
				// On POP3 true carries out the deletions (RFC 1939 section 6); on IMAP it
				// would expunge what others have marked.
				this.folder.close(this.folder instanceof POP3Folder);
			}
			this.store.close();
		}
		catch (MessagingException ex) {
			closeQuietly(this.store);
			throw unreadable(ex);
		}
	}

	private static void closeQuietly(@Nullable Store store) {
		try {
			if (store != null) {
				store.close();
			}
		}
		catch (MessagingException ex) {
			// The failure that led here is the one to tell.
		}
	}

}
