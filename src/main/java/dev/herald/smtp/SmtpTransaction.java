package dev.herald.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import dev.herald.address.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Angus's SMTP transport, with the mail transaction (RFC 5321 section 3.3) driven step by
 * step, so that it is always known how far it came. Its own {@code sendMessage} tells
 * that only by the kind of exception, and {@code finishData} loses the relay's verdict
 * when the RSET behind it fails.
 */
final class SmtpTransaction extends SMTPTransport {

	private static final int NO_REPLY = -1;

	private static final int SERVICE_NOT_AVAILABLE = 421;

	private boolean open;

	SmtpTransaction(Session session, String protocol) {
		super(session, new URLName(protocol, null, -1, null, null, null));
	}

	@Override
	public synchronized void connect(@Nullable String host, int port, @Nullable String user, @Nullable String password)
			throws MessagingException {
		super.connect(host, port, user, password);
		this.open = true;
	}

	/**
	 * Without the NOOP of isConnected, which costs a round trip a message: whether the
	 * relay still listens shows at the next command.
	 */
	boolean isOpen() {
		return this.open;
	}

	SmtpReply lastReply() {
		return Replies.reply(getLastReturnCode(), getLastServerResponse());
	}

	synchronized SendOutcome deliver(EmailAddress sender, EmailAddress recipient, byte[] content) {
		if (recipient.needsSmtpUtf8() && !supportsExtension("SMTPUTF8")) {
			// RFC 6531 section 3.5.
			return new SendOutcome.Rejected(new SmtpReply(553, "5.6.7",
					"553 5.6.7 The address needs SMTPUTF8, which the relay does not offer"));
		}
		OutputStream data;
		try {
			SendOutcome refusal = envelope(sender, recipient);
			if (refusal != null) {
				return refusal;
			}
			data = data();
		}
		catch (SMTPSendFailedException ex) {
			return verdict(Replies.reply(ex.getReturnCode(), ex.getMessage()));
		}
		catch (MessagingException ex) {
			return lost(Replies.rootMessage(ex));
		}
		return content(data, content);
	}

	private @Nullable SendOutcome envelope(EmailAddress sender, EmailAddress recipient) throws MessagingException {
		SmtpReply mail = command("MAIL FROM:<" + sender + ">" + (recipient.needsSmtpUtf8() ? " SMTPUTF8" : ""));
		if (mail.code() >= 500) {
			reset();
			return new SendOutcome.Refused(mail);
		}
		if (mail.code() / 100 != 2) {
			// 4xx before any recipient was named (451, 452) is the relay's own trouble.
			return lost(mail.text());
		}
		SmtpReply rcpt = command("RCPT TO:<" + recipient + ">");
		if (rcpt.code() / 100 == 2) {
			return null;
		}
		SendOutcome verdict = verdict(rcpt);
		reset();
		return verdict;
	}

	/** From here on, no answer means that nobody knows. */
	private SendOutcome content(OutputStream data, byte[] content) {
		try {
			data.write(content);
			data.flush();
			int code = simpleCommand(".");
			if (code == NO_REPLY) {
				this.open = false;
				return new SendOutcome.Uncertain("The relay closed the connection after the message, without a reply");
			}
			return verdict(lastReply());
		}
		catch (IOException | MessagingException ex) {
			this.open = false;
			return new SendOutcome.Uncertain(
					"The connection broke after DATA: " + Replies.printable(Replies.rootMessage(ex)));
		}
	}

	private SendOutcome verdict(SmtpReply reply) {
		if (reply.code() == SERVICE_NOT_AVAILABLE || reply.code() < 200) {
			return lost(reply.text());
		}
		return switch (reply.code() / 100) {
			case 2 -> new SendOutcome.Accepted(reply);
			case 4 -> new SendOutcome.Deferred(reply);
			case 5 -> new SendOutcome.Rejected(reply);
			default -> lost("an answer that is no SMTP: " + reply.text());
		};
	}

	private SendOutcome lost(String reason) {
		this.open = false;
		return new SendOutcome.RelayUnavailable("The relay hung up: " + Replies.printable(reason));
	}

	private SmtpReply command(String line) throws MessagingException {
		simpleCommand(line.getBytes(StandardCharsets.UTF_8));
		return lastReply();
	}

	/** Ends the transaction, so that the next MAIL finds a clean one. */
	private void reset() {
		if (!this.open) {
			return;
		}
		try {
			this.open = simpleCommand("RSET") / 100 == 2;
		}
		catch (MessagingException ex) {
			this.open = false;
		}
	}

	@Override
	public synchronized void close() throws MessagingException {
		this.open = false;
		super.close();
	}

}
