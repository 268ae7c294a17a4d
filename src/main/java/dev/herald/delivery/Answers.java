package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import dev.herald.delivery.Lane.Turn;
import dev.herald.smtp.SendOutcome;

/**
 * Reads what a relay answered: what the ledger is to record of it, and what follows for
 * the provider's pace and for the send. Thread-safe.
 */
final class Answers {

	private final CurrentSettings settings;

	private final Clock clock;

	Answers(CurrentSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	Settlement settlement(Turn turn, SendOutcome outcome) {
		Lane lane = turn.lane();
		ReadyDelivery delivery = turn.delivery();
		if (outcome instanceof SendOutcome.Accepted) {
			lane.tally().accepted.increment();
			lane.pace.accepted(delivery.address().domain());
			lane.send.accepted();
			return Settlement.accepted(delivery.key());
		}
		if (outcome instanceof SendOutcome.Deferred deferred) {
			lane.tally().deferred.increment();
			lane.pace.deferred(delivery.address().domain(), deferred.reply().likeness());
			return Settlement.deferred(delivery.key(), nextTry(delivery), deferred.reply());
		}
		if (outcome instanceof SendOutcome.Rejected rejected) {
			lane.tally().rejected.increment();
			lane.send.rejected(rejected);
			return Settlement.rejected(delivery.key(), rejected.reply(), rejected.addressIsDead());
		}
		if (outcome instanceof SendOutcome.Uncertain uncertain) {
			return Settlement.uncertain(delivery.key(), uncertain.reason());
		}
		return Settlement.givenBack(delivery.key());
	}

	/**
	 * Up to a fifth longer by chance, so that what was deferred together does not come
	 * back together.
	 */
	private Instant nextTry(ReadyDelivery delivery) {
		Duration pause = this.settings.send().retry().pauseAfter(delivery.nextAttempt());
		return this.clock.instant()
			.plus(pause)
			.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 5 + 1));
	}

}
