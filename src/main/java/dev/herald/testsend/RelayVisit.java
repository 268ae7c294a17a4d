package dev.herald.testsend;

import java.time.Duration;
import java.util.Optional;

import dev.herald.render.OutgoingMessage;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection for the mails of a test, to the first relay that answers. Beside the
 * connections of sends, and uncounted: a test has few mails. Not thread-safe.
 */
final class RelayVisit implements AutoCloseable {

	private final Relay relay;

	private final SmtpConnection connection;

	/** Why the relay takes nothing; told once. */
	private @Nullable SendOutcome failure;

	private boolean failed;

	private RelayVisit(Relay relay, Duration patience) {
		this.relay = relay;
		this.connection = new SmtpConnection(relay.answeringWithin(patience));
	}

	/**
	 * @param relays at least one
	 */
	static RelayVisit toOneOf(Relays relays, Duration patience) {
		RelayVisit visit = null;
		for (Relay relay : relays.all()) {
			visit = new RelayVisit(relay, patience);
			Optional<SendOutcome> failure = visit.connection.open();
			if (failure.isEmpty()) {
				return visit;
			}
			visit.failure = failure.get();
		}
		if (visit == null) {
			throw new IllegalArgumentException("No relay to visit");
		}
		return visit;
	}

	/** For people. */
	String relay() {
		return this.relay.toString();
	}

	/** After a failure of the relay itself nothing more is tried: somebody waits. */
	TestOutcome hand(OutgoingMessage message) {
		if (this.failed) {
			return new TestOutcome.NotTried();
		}
		SendOutcome outcome = (this.failure != null) ? this.failure : delivered(message);
		this.failed = outcome instanceof SendOutcome.RelayUnavailable || outcome instanceof SendOutcome.Refused
				|| outcome instanceof SendOutcome.Uncertain;
		return new TestOutcome.Tried(outcome);
	}

	private SendOutcome delivered(OutgoingMessage message) {
		return this.connection.open()
			.orElseGet(() -> this.connection.deliver(message.envelopeSender(), message.recipient(), message.content()));
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
