package dev.herald.smtp;

import java.util.Optional;

import dev.herald.address.EmailAddress;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;

/**
 * One connection to a relay, kept open between messages. Not thread-safe: each worker has
 * its own. Opening a connection that is open does nothing; closing never fails, since a
 * QUIT that goes wrong undoes no acceptance.
 */
public final class SmtpConnection implements AutoCloseable {

	private final RelaySettings relay;

	private final Session session;

	private SmtpTransaction transaction;

	public SmtpConnection(RelaySettings relay) {
		this.relay = relay;
		this.session = RelaySession.of(relay);
		this.transaction = new SmtpTransaction(this.session, relay.protocol());
	}

	/**
	 * Connects and signs in, unless that is done.
	 * @return empty when the connection is open, else RelayUnavailable or Refused
	 */
	public Optional<SendOutcome> open() {
		if (this.transaction.isOpen()) {
			return Optional.empty();
		}
		close();
		this.transaction = new SmtpTransaction(this.session, this.relay.protocol());
		try {
			this.transaction.connect(this.relay.host(), this.relay.effectivePort(), this.relay.username(),
					this.relay.password());
			return Optional.empty();
		}
		catch (AuthenticationFailedException ex) {
			return Optional.of(new SendOutcome.Refused(new SmtpReply(535, "5.7.8",
					"The relay %s refused the sign-in: %s".formatted(this.relay, Replies.printable(ex.getMessage())))));
		}
		catch (MessagingException ex) {
			return Optional.of(connectFailure(ex));
		}
	}

	private SendOutcome connectFailure(MessagingException ex) {
		SmtpReply greeting = this.transaction.lastReply();
		if (greeting.code() >= 500) {
			return new SendOutcome.Refused(greeting);
		}
		return new SendOutcome.RelayUnavailable(
				"The relay %s can't be reached: %s".formatted(this.relay, Replies.printable(Replies.rootMessage(ex))));
	}

	/**
	 * Hands one message over. Call {@link #open()} first.
	 * @param content a whole message with CRLF line ends, not dot-stuffed
	 */
	public SendOutcome deliver(EmailAddress sender, EmailAddress recipient, byte[] content) {
		return this.transaction.deliver(sender, recipient, content);
	}

	@Override
	public void close() {
		try {
			this.transaction.close();
		}
		catch (MessagingException ex) {
			// Whatever was accepted stays accepted.
		}
	}

}
