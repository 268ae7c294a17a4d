package dev.herald.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import dev.herald.problem.Problem;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.util.ReadableMime;
import org.jspecify.annotations.Nullable;

/**
 * An open mailbox over IMAP or POP3. Not thread-safe: one connection.
 */
final class BounceMailbox implements AutoCloseable {

	private final MailboxSettings settings;

	private final Store store;

	private final Folder folder;

	private BounceMailbox(MailboxSettings settings, Store store, Folder folder) {
		this.settings = settings;
		this.store = store;
		this.folder = folder;
	}

	/**
	 * @throws Problem naming the mailbox and the reason
	 */
	static BounceMailbox open(MailboxSettings settings) {
		Store store = null;
		try {
			String protocol = settings.protocol().scheme();
			store = Session.getInstance(properties(settings, "mail." + protocol + ".")).getStore(protocol);
			int port = (settings.port() != null) ? settings.port() : -1;
			store.connect(settings.host(), port, settings.username(), settings.password());
			Folder folder = store.getFolder(settings.folder());
			folder.open(Folder.READ_WRITE);
			return new BounceMailbox(settings, store, folder);
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
		return properties;
	}

	static Problem unreadable(MailboxSettings settings, Exception ex) {
		String reason = (ex instanceof AuthenticationFailedException) ? "it refuses the username or password"
				: rootMessage(ex);
		return new Problem(Problem.Kind.WORK,
				"The bounce mailbox %s can't be read: %s. Nothing is lost; check herald.bounce.mailbox.* and that the server is up, then run collect-bounces again."
					.formatted(settings.address(), reason),
				ex);
	}

	private static String rootMessage(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = (root.getMessage() != null) ? root.getMessage() : "";
		String line = message.lines().findFirst().orElse("").replaceAll("[\\p{Cc}]", " ").replaceAll("\\.$", "");
		return root.getClass().getSimpleName() + (line.isBlank() ? "" : ": " + line);
	}

	/** All mails but those that are marked as deleted, oldest first. */
	List<MailInBox> list() {
		try {
			Message[] messages = this.folder.getMessages();
			FetchProfile profile = new FetchProfile();
			profile.add(UIDFolder.FetchProfileItem.UID);
			if (this.folder instanceof IMAPFolder) {
				profile.add(FetchProfile.Item.FLAGS);
			}
			this.folder.fetch(messages, profile);
			List<MailInBox> mails = new ArrayList<>();
			for (Message message : messages) {
				String uid = uid(message);
				if (uid != null && !message.isSet(Flags.Flag.DELETED)) {
					mails.add(new MailInBox(uid, message));
				}
			}
			return mails;
		}
		catch (MessagingException ex) {
			throw unreadable(this.settings, ex);
		}
	}

	/** RFC 3501 section 2.3.1.1: a UID means something with its UIDVALIDITY only. */
	private @Nullable String uid(Message message) throws MessagingException {
		if (this.folder instanceof IMAPFolder imap) {
			return imap.getUIDValidity() + "." + imap.getUID(message);
		}
		return ((POP3Folder) this.folder).getUID(message);
	}

	/**
	 * @param limit in bytes; what is beyond is not read
	 * @return null where another client deleted it meanwhile
	 */
	byte @Nullable [] read(MailInBox mail, int limit) {
		try (InputStream stream = ((ReadableMime) mail.message()).getMimeStream()) {
			return stream.readNBytes(limit);
		}
		catch (IOException | MessagingException ex) {
			if (mail.message().isExpunged()) {
				return null;
			}
			throw unreadable(this.settings, ex);
		}
	}

	/**
	 * Deletes just these. On POP3 they go when the mailbox is closed (RFC 1939 section
	 * 6).
	 */
	void delete(List<MailInBox> mails) {
		Message[] messages = mails.stream()
			.map(MailInBox::message)
			.filter((message) -> !message.isExpunged())
			.toArray(Message[]::new);
		try {
			this.folder.setFlags(messages, new Flags(Flags.Flag.DELETED), true);
			if (this.folder instanceof IMAPFolder imap) {
				expunge(imap, messages);
			}
		}
		catch (MessagingException ex) {
			throw unreadable(this.settings, ex);
		}
	}

	/**
	 * Without UIDPLUS (RFC 4315) EXPUNGE removes whatever anybody has marked: then only
	 * when all that is marked is ours. Otherwise the marks stay, which list() passes
	 * over.
	 */
	private void expunge(IMAPFolder imap, Message[] messages) throws MessagingException {
		if (((IMAPStore) this.store).hasCapability("UIDPLUS")) {
			imap.expunge(messages);
		}
		else if (imap.getDeletedMessageCount() == messages.length) {
			imap.expunge();
		}
	}

	@Override
	public void close() {
		try {
			// On POP3 true carries out the deletions; on IMAP it would expunge what
			// others
			// have marked.
			this.folder.close(this.folder instanceof POP3Folder);
			this.store.close();
		}
		catch (MessagingException ex) {
			closeQuietly(this.store);
			throw unreadable(this.settings, ex);
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

	/** A mail in the open mailbox. The uid is the same in the next connection. */
	record MailInBox(String uid, Message message) {
	}

}
