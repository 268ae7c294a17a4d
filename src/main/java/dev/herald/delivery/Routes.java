package dev.herald.delivery;

import java.util.List;

import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.NeedsBatch;
import dev.herald.smtp.Relay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Where the mail of a send goes: to the relays, or to the built-in mailbox. Thread-safe.
 */
@NeedsBatch
@Component
class Routes {

	private static final int REHEARSAL_CONNECTIONS = 4;

	private final BuiltInMailbox mailbox;

	private final CurrentSettings settings;

	private final RelayCeilings ceilings;

	private final RelayWorker.Parts parts;

	private @Nullable Route outside;

	private @Nullable Route rehearsal;

	Routes(BuiltInMailbox mailbox, CurrentSettings settings, RelayCeilings ceilings, RelayWorker.Parts parts) {
		this.mailbox = mailbox;
		this.settings = settings;
		this.ceilings = ceilings;
		this.parts = parts;
		settings.whenChanged(this::follow);
	}

	private synchronized void follow() {
		if (this.outside != null) {
			this.outside.set(this.settings.relays().all(), this.settings.send().connections());
		}
	}

	/**
	 * @throws Problem when it was asked for with a relay, and none is set now
	 */
	synchronized Route of(Send send) {
		if (send.rehearsal()) {
			if (this.rehearsal == null) {
				this.rehearsal = new Route(List.of(Relay.at("127.0.0.1", this.mailbox.smtpPort())),
						REHEARSAL_CONNECTIONS, (relay) -> null, this.parts);
			}
			return this.rehearsal;
		}
		if (!this.settings.relays().present()) {
			throw Problem.work(Sentence.of("delivery.hold.no-relay"));
		}
		if (this.outside == null) {
			this.outside = new Route(this.settings.relays().all(), this.settings.send().connections(),
					(relay) -> this.ceilings.of(relay.name()), this.parts);
		}
		return this.outside;
	}

	/** By how many processes the relays' own limits are shared. */
	synchronized void share(int processes) {
		if (this.outside != null) {
			this.outside.relays().forEach((relay) -> relay.share(processes));
		}
	}

}
