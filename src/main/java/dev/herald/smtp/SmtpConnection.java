package dev.herald.smtp;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.Future;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Sentence;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a relay, kept open between messages. Not thread-safe, but for
 * {@link #abort()}: each worker has its own. Opening a connection that is open does
 * nothing; closing never fails, since a QUIT that goes wrong undoes no acceptance.
 */
public final class SmtpConnection implements AutoCloseable {

	private final Relay relay;

	private final RelaySockets sockets = new RelaySockets();

	private final MessageData data = new MessageData();

	private @Nullable RelayTransport transport;

	private @Nullable SmtpTransaction transaction;

	private @Nullable Future<?> watch;

	private @Nullable String localHost;

	private long openedAt;

	private int messages;

	public SmtpConnection(Relay relay) {
		this.relay = relay;
	}

	public SmtpConnection(RelaySettings relay) {
		this(relay.relay());
	}

	/**
	 * Connects and signs in, unless that is done; anew where the connection has served
	 * its time or its number of messages.
	 * @return empty when the connection is open, else RelayUnavailable or Refused
	 */
	public Optional<SendOutcome> open() {
		if (this.transaction != null && this.transaction.isReady() && !exhausted()) {
			return Optional.empty();
		}
		close();
		RelayTransport fresh = new RelayTransport(this.relay, this.sockets);
		try {
			fresh.setLocalHost(this.localHost);
			fresh.connect();
		}
		catch (MessagingException ex) {
			return Optional.of(connectFailure(fresh, ex));
		}
		// Kept, since Angus asks the DNS for it.
		this.localHost = fresh.getLocalHost();
		this.transport = fresh;
		this.transaction = new SmtpTransaction(fresh, this.data);
		this.watch = StalledWrites.watch(this.sockets);
		this.openedAt = System.nanoTime();
		this.messages = 0;
		return Optional.empty();
	}

	/** What the relay said first, while the connection is open; else empty. */
	String greeting() {
		return (this.transport != null) ? this.transport.greeting() : "";
	}

	/** Whether the connection has served its time or its number of messages. */
	public boolean exhausted() {
		return this.transaction != null && (this.messages >= this.relay.messagesPerConnection()
				|| System.nanoTime() - this.openedAt >= this.relay.connectionLifetime().toNanos());
	}

	private SendOutcome connectFailure(RelayTransport failed, MessagingException ex) {
		SmtpReply last = failed.lastReply();
		if (ex instanceof AuthenticationFailedException) {
			return signInFailure(last, ex);
		}
		if (last.code() >= 500) {
			return new SendOutcome.Refused(last);
		}
		return new SendOutcome.RelayUnavailable(reason(ex));
	}

	/** The reply is not shown whole: some servers repeat what they were sent. */
	private SendOutcome signInFailure(SmtpReply last, MessagingException ex) {
		Sentence reason = Sentence.of("smtp.sign-in", this.relay.toString(), Replies.printable(ex.getMessage()));
		return (last.code() / 100 == 4) ? new SendOutcome.RelayUnavailable(reason)
				: new SendOutcome.Refused(new SmtpReply(535, "5.7.8", reason.toString()), reason);
	}

	private Sentence reason(MessagingException ex) {
		if (ex instanceof RelayTransport.ClearSignInException) {
			return Sentence.of("smtp.clear-sign-in", this.relay.toString());
		}
		String cause = Replies.printable(Replies.rootMessage(ex));
		for (Throwable at = ex; at != null; at = at.getCause()) {
			if (at instanceof CertificateException || at instanceof CertPathBuilderException) {
				return Sentence.of("smtp.certificate", this.relay.toString(), cause);
			}
		}
		return Sentence.of("smtp.unreachable", this.relay.toString(), cause);
	}

	/** As below, without a permit. */
	public SendOutcome deliver(EmailAddress sender, EmailAddress recipient, byte[] content) {
		return deliver(sender, recipient, content, MailPermit.ALWAYS);
	}

	/**
	 * Hands one message over. Call {@link #open()} first.
	 * @param content a whole message with CRLF line ends, not dot-stuffed
	 * @param permit asked when all else is ready
	 */
	public SendOutcome deliver(EmailAddress sender, EmailAddress recipient, byte[] content, MailPermit permit) {
		if (this.transaction == null || !this.transaction.isReady()) {
			return new SendOutcome.RelayUnavailable(Sentence.of("smtp.not-connected", this.relay.toString()));
		}
		SendOutcome outcome = this.transaction.deliver(sender, recipient, content, permit);
		if (!(outcome instanceof SendOutcome.Withheld)) {
			this.messages++;
		}
		if (!this.transaction.isReady()) {
			close();
		}
		return outcome;
	}

	/**
	 * Closes the connection under the hands of the thread that uses it, which then gets
	 * RelayUnavailable, or Uncertain where the message was under way. For a stop that
	 * can't wait for a relay's answer. Callable from any thread; the connection may be
	 * opened again.
	 */
	public void abort() {
		this.sockets.abort();
	}

	@Override
	public void close() {
		if (this.watch != null) {
			this.watch.cancel(false);
		}
		if (this.transport != null) {
			quit(this.transport);
		}
		this.watch = null;
		this.transport = null;
		this.transaction = null;
	}

	private void quit(RelayTransport transport) {
		if (this.transaction == null || !this.transaction.isReady()) {
			// In the midst of a transaction QUIT might be read as part of a message.
			this.sockets.abort();
		}
		try {
			transport.close();
		}
		catch (MessagingException ex) {
			// Whatever was accepted stays accepted.
		}
	}

}
