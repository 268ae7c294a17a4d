package dev.herald.smtp;

import java.io.IOException;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Sentence;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/**
 * The mail transactions of one open connection (RFC 5321 section 3.3), one after the
 * other, driven step by step, so that it is always known how far one came. Where the
 * relay offers PIPELINING (RFC 2920), MAIL, RCPT and DATA leave in one write: one round
 * trip instead of three.
 */
final class SmtpTransaction {

	private static final int SERVICE_NOT_AVAILABLE = 421;

	private static final int START_MAIL_INPUT = 354;

	private final RelayTransport transport;

	private final MessageData data;

	private final boolean pipelining;

	private final boolean smtpUtf8;

	private final boolean eightBitMime;

	/**
	 * Between two transactions, where the next may begin: false as soon as one is begun,
	 * so that whatever goes wrong in it costs the connection.
	 */
	private boolean ready = true;

	SmtpTransaction(RelayTransport transport, MessageData data) {
		this.transport = transport;
		this.data = data;
		this.pipelining = transport.supportsExtension("PIPELINING");
		this.smtpUtf8 = transport.supportsExtension("SMTPUTF8");
		this.eightBitMime = transport.supportsExtension("8BITMIME");
	}

	boolean isReady() {
		return this.ready;
	}

	SendOutcome deliver(EmailAddress sender, EmailAddress recipient, byte[] content, MailPermit permit) {
		this.data.load(content);
		boolean utf8Address = sender.needsSmtpUtf8() || recipient.needsSmtpUtf8();
		SendOutcome impossible = lackingExtension(utf8Address);
		if (impossible != null) {
			return impossible;
		}
		String mail = "MAIL FROM:<" + sender + ">" + parameters(utf8Address) + "\r\n";
		String rcpt = "RCPT TO:<" + recipient + ">\r\n";
		String begin = this.pipelining ? mail + rcpt + "DATA\r\n" : mail;
		this.ready = false;
		try {
			if (!permit.pass(() -> this.transport.write(begin))) {
				this.ready = true;
				return new SendOutcome.Withheld();
			}
			SendOutcome refusal = envelope(rcpt);
			return (refusal != null) ? refusal : content();
		}
		catch (IOException | MessagingException ex) {
			return lost(Replies.rootMessage(ex));
		}
	}

	/** RFC 6531 section 3.5, RFC 6152 section 3: such a message is not sent anyhow. */
	private @Nullable SendOutcome lackingExtension(boolean utf8Address) {
		if (utf8Address && !this.smtpUtf8) {
			return new SendOutcome.Rejected(
					new SmtpReply(553, "5.6.7", "553 5.6.7 The address needs SMTPUTF8, which the relay does not offer"),
					SendOutcome.Stage.RCPT);
		}
		if (this.data.hasEightBitHeader() && !this.smtpUtf8) {
			return new SendOutcome.Rejected(
					new SmtpReply(550, "5.6.9", "550 5.6.9 The header needs SMTPUTF8, which the relay does not offer"),
					SendOutcome.Stage.CONTENT);
		}
		if (this.data.isEightBit() && !this.eightBitMime && !this.smtpUtf8) {
			return new SendOutcome.Rejected(
					new SmtpReply(554, "5.6.3", "554 5.6.3 The message needs 8BITMIME, which the relay does not offer"),
					SendOutcome.Stage.CONTENT);
		}
		return null;
	}

	private String parameters(boolean utf8Address) {
		String body = (this.data.isEightBit() && this.eightBitMime) ? " BODY=8BITMIME" : "";
		return (utf8Address || this.data.hasEightBitHeader()) ? body + " SMTPUTF8" : body;
	}

	/**
	 * @return null when the relay waits for the message
	 */
	private @Nullable SendOutcome envelope(String rcpt) throws IOException, MessagingException {
		SmtpReply mail = this.transport.reply();
		if (mail.code() / 100 == 5) {
			// The connection is given up: a relay that is set against us may not answer
			// the rest.
			return new SendOutcome.Refused(mail);
		}
		if (mail.code() / 100 != 2) {
			// 4xx before any recipient was named (451, 452) is the relay's own trouble.
			return lost(mail.text());
		}
		writeUnlessPipelined(rcpt);
		SmtpReply recipient = this.transport.reply();
		if (recipient.code() / 100 != 2) {
			SendOutcome verdict = refusal(recipient, SendOutcome.Stage.RCPT);
			endTransaction(verdict, this.pipelining);
			return verdict;
		}
		writeUnlessPipelined("DATA\r\n");
		SmtpReply go = this.transport.reply();
		if (go.code() != START_MAIL_INPUT) {
			SendOutcome verdict = refusal(go, SendOutcome.Stage.CONTENT);
			endTransaction(verdict, false);
			return verdict;
		}
		return null;
	}

	private void writeUnlessPipelined(String line) throws IOException {
		if (!this.pipelining) {
			this.transport.write(line);
		}
	}

	private static SendOutcome refusal(SmtpReply reply, SendOutcome.Stage stage) {
		if (reply.code() == SERVICE_NOT_AVAILABLE) {
			return lost(reply.text());
		}
		return switch (reply.code() / 100) {
			case 4 -> new SendOutcome.Deferred(reply);
			case 5 -> new SendOutcome.Rejected(reply, stage);
			default -> lost("an answer out of order: " + reply.text());
		};
	}

	/** So that the next MAIL finds a clean connection. The verdict stands even if not. */
	private void endTransaction(SendOutcome verdict, boolean dataIsOnItsWay) {
		if (verdict instanceof SendOutcome.RelayUnavailable) {
			return;
		}
		try {
			if (dataIsOnItsWay && dataWasTakenUp()) {
				this.ready = true;
				return;
			}
			this.transport.write("RSET\r\n");
			this.ready = this.transport.reply().code() / 100 == 2;
		}
		catch (IOException | MessagingException ex) {
			this.ready = false;
		}
	}

	/**
	 * The reply to a DATA without a recipient. Where the relay waits for a message after
	 * all, it gets a lone dot (RFC 2920 section 3.1), and what it says to that is no
	 * acceptance of anything.
	 */
	private boolean dataWasTakenUp() throws IOException, MessagingException {
		SmtpReply data = this.transport.reply();
		if (data.code() == START_MAIL_INPUT) {
			this.transport.write(".\r\n");
			data = this.transport.reply();
		}
		else if (data.code() != SERVICE_NOT_AVAILABLE) {
			return false;
		}
		if (data.code() == SERVICE_NOT_AVAILABLE) {
			throw new MessagingException(data.text());
		}
		return true;
	}

	/** From here on, no answer means that nobody knows. */
	private SendOutcome content() {
		try {
			this.transport.write(this.data.bytes(), this.data.length());
			SmtpReply reply = this.transport.reply();
			SendOutcome verdict = (reply.code() / 100 == 2) ? new SendOutcome.Accepted(reply) : unaccepted(reply);
			this.ready = !(verdict instanceof SendOutcome.RelayUnavailable || verdict instanceof SendOutcome.Uncertain);
			return verdict;
		}
		catch (IOException | MessagingException ex) {
			return new SendOutcome.Uncertain(
					"The connection broke after DATA: " + Replies.printable(Replies.rootMessage(ex)));
		}
	}

	private static SendOutcome unaccepted(SmtpReply reply) {
		int kind = reply.code() / 100;
		return (kind == 4 || kind == 5) ? refusal(reply, SendOutcome.Stage.CONTENT)
				: new SendOutcome.Uncertain("The relay's answer to the message is neither yes nor no: " + reply.text());
	}

	private static SendOutcome lost(String reason) {
		return new SendOutcome.RelayUnavailable(Sentence.of("smtp.hung-up", Replies.printable(reason)));
	}

}
