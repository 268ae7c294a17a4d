package dev.herald.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.bounce.MailboxSettings.After;
import dev.herald.problem.Problem;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.util.ReadableMime;
import org.jspecify.annotations.Nullable;

/**
 * An open mailbox over IMAP or POP3. Not thread-safe: one connection.
 */
final class BounceMailbox implements AutoCloseable {

	/**
	 * A keyword (RFC 3501 section 2.3.2); mail programs show it as a label or not at all.
	 */
	static final String RECORDED = "$HeraldRecorded";

	private final MailboxConnection connection;

	private final MailboxSettings settings;

	private final Folder folder;

	private final Map<String, Folder> targets = new HashMap<>();

	private BounceMailbox(MailboxConnection connection) {
		this.connection = connection;
		this.settings = connection.settings();
		this.folder = connection.folder();
	}

	/**
	 * @throws Problem naming the mailbox and the reason
	 */
	static BounceMailbox open(MailboxSettings settings) {
		return new BounceMailbox(MailboxConnection.open(settings, Folder.READ_WRITE));
	}

	/** All mails but those that are marked as deleted or recorded, oldest first. */
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
				if (uid != null && !message.isSet(Flags.Flag.DELETED) && !message.getFlags().contains(RECORDED)) {
					mails.add(new MailInBox(uid, message));
				}
			}
			return mails;
		}
		catch (MessagingException ex) {
			throw this.connection.unreadable(ex);
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
	 * @throws UnreadableMail where the server answers, but not with this mail
	 * @throws Problem where it doesn't answer
	 */
	byte @Nullable [] read(MailInBox mail, int limit) throws UnreadableMail {
		try (InputStream stream = ((ReadableMime) mail.message()).getMimeStream()) {
			return stream.readNBytes(limit);
		}
		catch (IOException | MessagingException ex) {
			if (mail.message().isExpunged()) {
				return null;
			}
			if (this.connection.isAlive()) {
				throw new UnreadableMail(ex);
			}
			throw this.connection.unreadable(ex);
		}
	}

	/** Whether the next run sees by the mailbox itself which mails are recorded. */
	boolean showsRecorded() {
		Flags permanent = this.folder.getPermanentFlags();
		return this.settings.after() != After.FLAG || permanent.contains(Flags.Flag.USER)
				|| permanent.contains(RECORDED);
	}

	/** Whether what is for review leaves the folder that is read. */
	boolean hasReviewFolder() {
		return !this.settings.reviewFolder().isEmpty();
	}

	/** Does with mails whose facts are committed what the settings say. */
	void putAway(List<MailInBox> recorded) {
		act(recorded, switch (this.settings.after()) {
			case MOVE -> (messages) -> move(messages, this.settings.recordedFolder());
			case FLAG -> this::flag;
			case DELETE -> this::delete;
		});
	}

	/** Only where {@link #hasReviewFolder()}. */
	void moveForReview(List<MailInBox> mails) {
		act(mails, (messages) -> move(messages, this.settings.reviewFolder()));
	}

	private void act(List<MailInBox> mails, Act act) {
		Message[] messages = mails.stream()
			.map(MailInBox::message)
			.filter((message) -> !message.isExpunged())
			.toArray(Message[]::new);
		try {
			if (messages.length > 0) {
				act.on(messages);
			}
		}
		catch (MessageRemovedException ex) {
			// Another client has put them away.
		}
		catch (MessagingException ex) {
			throw this.connection.unreadable(ex);
		}
	}

	/**
	 * Without MOVE (RFC 6851) a crash between the copy and the deletion leaves both: the
	 * next run copies once more, and counts nothing twice.
	 */
	private void move(Message[] messages, String name) throws MessagingException {
		Folder target = this.targets.get(name);
		if (target == null) {
			target = MailboxFolders.findOrCreate(this.connection.store(), name);
			this.targets.put(name, target);
		}
		if (this.connection.has("MOVE")) {
			((IMAPFolder) this.folder).moveMessages(messages, target);
		}
		else {
			this.folder.copyMessages(messages, target);
			delete(messages);
		}
	}

	/** Seen too, so that a person sees which mails there is nothing left to do about. */
	private void flag(Message[] messages) throws MessagingException {
		Flags flags = new Flags(Flags.Flag.SEEN);
		if (showsRecorded()) {
			flags.add(RECORDED);
		}
		this.folder.setFlags(messages, flags, true);
	}

	/** On POP3 they go when the mailbox is closed (RFC 1939 section 6). */
	private void delete(Message[] messages) throws MessagingException {
		this.folder.setFlags(messages, new Flags(Flags.Flag.DELETED), true);
		if (this.folder instanceof IMAPFolder imap) {
			expunge(imap, messages);
		}
	}

	/**
	 * Without UIDPLUS (RFC 4315) EXPUNGE removes whatever anybody has marked: then only
	 * when all that is marked is ours. Otherwise the marks stay, which list() passes
	 * over.
	 */
	private void expunge(IMAPFolder imap, Message[] messages) throws MessagingException {
		if (this.connection.has("UIDPLUS")) {
			imap.expunge(messages);
		}
		else if (imap.getDeletedMessageCount() == messages.length) {
			imap.expunge();
		}
	}

	@Override
	public void close() {
		this.connection.close();
	}

	/** A mail in the open mailbox. The uid is the same in the next connection. */
	record MailInBox(String uid, Message message) {
	}

	/** The server refuses one mail, and answers otherwise. */
	static final class UnreadableMail extends Exception {

		UnreadableMail(Exception cause) {
			super(cause);
		}

	}

	private interface Act {

		void on(Message[] messages) throws MessagingException;

	}

}
