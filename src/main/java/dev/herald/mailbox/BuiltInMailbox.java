package dev.herald.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.settings.Installation;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Where rehearsals are delivered: an SMTP server on loopback, on a free port, that keeps
 * each mail as a file below herald.data-dir/mailbox. Reports to the bounce address go to
 * a mailbox that can be read over IMAP, where herald.mailbox.imap-port is set. Started
 * when it is first asked for its port. Thread-safe.
 */
@Component
public class BuiltInMailbox implements InitializingBean, DisposableBean {

	private final MailFiles files;

	private final MailboxSettings settings;

	private final EmailAddress bounceAddress;

	private final ObjectProvider<ArrivalListener> listeners;

	private @Nullable GreenMail server;

	BuiltInMailbox(Installation installation, MailFiles files, MailboxSettings settings,
			ObjectProvider<ArrivalListener> listeners) {
		this.files = files;
		this.settings = settings;
		this.bounceAddress = EmailAddress.parse(installation.bounceAddress());
		this.listeners = listeners;
	}

	/** Whoever reads reports over IMAP may come before the first rehearsal. */
	@Override
	public void afterPropertiesSet() {
		if (this.settings.offersImap()) {
			smtpPort();
		}
	}

	/** Starts the server if it does not run, and tells its port on 127.0.0.1. */
	public synchronized int smtpPort() {
		if (this.server == null) {
			this.server = start();
		}
		return this.server.getSmtp().getPort();
	}

	private GreenMail start() {
		ServerSetup smtp = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
		ServerSetup imap = new ServerSetup(this.settings.imapPort(), "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
		this.files.prune();
		GreenMail greenMail = new GreenMail(
				this.settings.offersImap() ? new ServerSetup[] { smtp, imap } : new ServerSetup[] { smtp });
		greenMail.start();
		GreenMailUser returns = greenMail.setUser(this.bounceAddress.value(), this.bounceAddress.value(),
				this.settings.imapPassword());
		greenMail.getUserManager().setMessageDeliveryHandler((message, address) -> route(message, address, returns));
		return greenMail;
	}

	private GreenMailUser route(MovingMessage message, MailAddress to, GreenMailUser returns)
			throws MessagingException, UserException {
		EmailAddress recipient = recipient(to);
		if (isBounceAddress(recipient)) {
			return returns;
		}
		byte[] mail = withTrace(message, recipient);
		this.files.store(mail);
		this.listeners.orderedStream()
			.forEach((listener) -> listener.arrived(message.getReturnPath().getEmail(), recipient, mail));
		return new KeptAsFile(recipient);
	}

	private static EmailAddress recipient(MailAddress to) throws UserException {
		try {
			return EmailAddress.parse(to.getEmail());
		}
		catch (InvalidAddressException ex) {
			throw new UserException(ex.getMessage());
		}
	}

	private boolean isBounceAddress(EmailAddress recipient) {
		return recipient.domain().equals(this.bounceAddress.domain())
				&& (recipient.localPart() + "+").startsWith(this.bounceAddress.localPart() + "+");
	}

	/**
	 * As a server at final delivery does (RFC 5321 section 4.4): the envelope stays
	 * readable. GreenMail adds Return-Path.
	 */
	private static byte[] withTrace(MovingMessage message, EmailAddress recipient) throws MessagingException {
		ByteArrayOutputStream mail = new ByteArrayOutputStream(64 * 1024);
		try {
			mail.write(("Delivered-To: " + recipient + "\r\n").getBytes(StandardCharsets.UTF_8));
			message.getMessage().writeTo(mail);
		}
		catch (IOException ex) {
			throw new MessagingException("The mail can't be copied", ex);
		}
		return mail.toByteArray();
	}

	/** Newest first, at most limit, leaving out the first skip. */
	public List<StoredMail> list(int skip, int limit) {
		return this.files.list(skip, limit);
	}

	public int count() {
		return this.files.count();
	}

	/**
	 * The mail with its trace header fields (Delivered-To, Return-Path, Received) on top.
	 * @throws dev.herald.problem.Problem when there is no mail of this id
	 */
	public byte[] read(String id) {
		return this.files.read(id);
	}

	@Override
	public synchronized void destroy() {
		if (this.server != null) {
			this.server.stop();
			this.server = null;
		}
	}

}
