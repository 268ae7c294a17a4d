package dev.herald.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.mail.MessagingException;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Angus's SMTP transport, of which Herald uses connecting, EHLO, STARTTLS, AUTH and the
 * reading of replies. Its own {@code sendMessage} tells how far it came only by the kind
 * of exception, and writes line by line into 8 kB buffers; so MAIL, RCPT, DATA and the
 * message are {@link SmtpTransaction}'s, and are written past it.
 */
final class RelayTransport extends SMTPTransport {

	private static final int NO_REPLY = -1;

	private final Relay relay;

	private final RelaySockets sockets;

	/** What it said first; empty before that. */
	private String greeting = "";

	RelayTransport(Relay relay, RelaySockets sockets) {
		super(RelaySession.of(relay, sockets), new URLName(relay.protocol().scheme(), null, -1, null, null, null),
				relay.protocol().scheme(), relay.protocol() == Relay.Protocol.SMTPS);
		this.relay = relay;
		this.sockets = sockets;
	}

	@Override
	public synchronized void connect() throws MessagingException {
		if (this.relay.protocol() == Relay.Protocol.SMTPS) {
			installTls();
		}
		connect(this.relay.host(), this.relay.effectivePort(), this.relay.username(), this.relay.password());
	}

	@Override
	protected void startTLS() throws MessagingException {
		installTls();
		super.startTLS();
	}

	private void installTls() {
		this.sockets.installTls(this.session.getProperties(), "mail." + this.relay.protocol().scheme());
	}

	/** The last point before a name and a password are sent. */
	@Override
	protected boolean ehlo(String domain) throws MessagingException {
		if (this.greeting.isEmpty()) {
			this.greeting = String.valueOf(getLastServerResponse());
		}
		boolean extended = super.ehlo(domain);
		if (!this.relay.maySignIn(isSSL() || willBeSsl(), this.sockets.reachesLoopback())) {
			throw new ClearSignInException();
		}
		return extended;
	}

	private boolean willBeSsl() {
		return getRequireStartTLS() || (getStartTLS() && supportsExtension("STARTTLS"));
	}

	String greeting() {
		return this.greeting;
	}

	/** Past Angus's buffers, which are empty between two commands. */
	void write(byte[] bytes, int length) throws IOException {
		this.sockets.write(bytes, length);
	}

	/**
	 * @param lines one or more commands, each with its CRLF
	 */
	void write(String lines) throws IOException {
		byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
		write(bytes, bytes.length);
	}

	/**
	 * The next reply.
	 * @throws MessagingException where none comes, or what comes is none
	 */
	synchronized SmtpReply reply() throws MessagingException {
		if (readServerResponse() == NO_REPLY) {
			throw new MessagingException(
					getLastServerResponse().equals("[EOF]") ? "the relay closed the connection without a reply"
							: "the relay's answer is no SMTP: " + getLastServerResponse());
		}
		return lastReply();
	}

	synchronized SmtpReply lastReply() {
		return Replies.reply(getLastReturnCode(), getLastServerResponse());
	}

	/** Name and password would have gone over the network for all to read. */
	static final class ClearSignInException extends MessagingException {

		ClearSignInException() {
			super("it offers no TLS, and name and password would be sent in clear");
		}

	}

}
