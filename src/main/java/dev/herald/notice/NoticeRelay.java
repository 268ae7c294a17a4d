package dev.herald.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.herald.render.OutgoingMessage;
import dev.herald.smtp.Relay;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection for some notices, to the first relay that answers. Beside those of
 * sends, and in no warm-up plan: these mails are few. Not thread-safe.
 */
final class NoticeRelay implements AutoCloseable {

	private final List<Relay> relays;

	private final Duration patience;

	private @Nullable SmtpConnection connection;

	/**
	 * @param relays at least one
	 */
	NoticeRelay(List<Relay> relays, Duration patience) {
		this.relays = relays;
		this.patience = patience;
	}

	SendOutcome hand(OutgoingMessage message) {
		SmtpConnection open = this.connection;
		if (open != null && open.open().isEmpty()) {
			return deliver(open, message);
		}
		SendOutcome failure = new SendOutcome.Withheld();
		for (Relay relay : this.relays) {
			close();
			SmtpConnection fresh = new SmtpConnection(relay.answeringWithin(this.patience));
			this.connection = fresh;
			Optional<SendOutcome> refusal = fresh.open();
			if (refusal.isEmpty()) {
				return deliver(fresh, message);
			}
			failure = refusal.get();
		}
		return failure;
	}

	private static SendOutcome deliver(SmtpConnection connection, OutgoingMessage message) {
		return connection.deliver(message.envelopeSender(), message.recipient(), message.content());
	}

	@Override
	public void close() {
		if (this.connection != null) {
			this.connection.close();
			this.connection = null;
		}
	}

}
