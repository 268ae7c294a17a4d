package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import dev.herald.render.OutgoingMessage;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;
import dev.herald.smtp.SmtpReply;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.dao.DataAccessException;

/**
 * Hands deliveries to the relay, one by one over one kept connection: claim, DATA,
 * record. It never throws for what becomes of a recipient; it returns early on the word
 * to stop, and what it leaves stays READY in the ledger. For one thread.
 */
class RelayWriter implements ItemStreamWriter<ReadyDelivery> {

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	/** Less than spring.lifecycle.timeout-per-shutdown-phase. */
	private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(20);

	private static final Duration LEDGER_RETRY = Duration.ofMillis(200);

	private final ActiveSend active;

	private final Claims claims;

	private final Pacer pacer;

	private final SendSettings settings;

	private final Clock clock;

	private final SmtpConnection connection;

	private int failuresInARow;

	RelayWriter(ActiveSend active, Claims claims, Pacer pacer, SendSettings settings, Clock clock) {
		this.active = active;
		this.claims = claims;
		this.pacer = pacer;
		this.settings = settings;
		this.clock = clock;
		this.connection = new SmtpConnection(active.relay());
	}

	@Override
	public void write(Chunk<? extends ReadyDelivery> chunk) {
		for (ReadyDelivery delivery : chunk) {
			while (!this.active.mustStop() && !deliver(delivery)) {
				// The relay was lost before it took anything: the same delivery again.
			}
		}
	}

	/**
	 * @return false when it should be tried again at once
	 */
	private boolean deliver(ReadyDelivery delivery) {
		if (!reachRelay() || !this.active.pause(this.pacer.reserve())) {
			return false;
		}
		int sendId = this.active.send().id();
		if (!this.claims.claim(sendId, delivery.key(), this.active.owner(),
				this.clock.instant().minus(this.settings.deadline()))) {
			this.claims.skipWithoutConsent(sendId, delivery.key());
			return true;
		}
		OutgoingMessage message = this.active.issue().message(delivery.recipient());
		return record(delivery,
				this.connection.deliver(message.envelopeSender(), message.recipient(), message.content()));
	}

	/**
	 * @return false when there is no connection: the word to stop came
	 */
	private boolean reachRelay() {
		Optional<SendOutcome> trouble = this.connection.open();
		while (trouble.isPresent() && !this.active.mustStop()) {
			if (trouble.get() instanceof SendOutcome.Refused refused) {
				this.active.hold(refusal(refused.reply()));
			}
			else if (trouble.get() instanceof SendOutcome.RelayUnavailable unavailable) {
				waitForRelay(unavailable.reason());
			}
			trouble = this.connection.open();
		}
		return trouble.isEmpty();
	}

	private void waitForRelay(String reason) {
		Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(this.failuresInARow, 20));
		if (pause.compareTo(this.settings.relayRetryLongest()) > 0) {
			pause = this.settings.relayRetryLongest();
		}
		this.failuresInARow++;
		this.active.waiting(reason);
		this.active.pause(pause);
	}

	private boolean record(ReadyDelivery delivery, SendOutcome outcome) {
		if (outcome instanceof SendOutcome.RelayUnavailable unavailable) {
			insist(() -> this.claims.release(delivery.key()));
			if (this.failuresInARow++ > 0) {
				// The first is a relay that closed an idle connection, which costs
				// nothing to open again.
				waitForRelay(unavailable.reason());
			}
			return false;
		}
		if (outcome instanceof SendOutcome.Refused refused) {
			insist(() -> this.claims.release(delivery.key()));
			this.active.hold(refusal(refused.reply()));
			return true;
		}
		this.failuresInARow = 0;
		this.active.running();
		settle(delivery, outcome);
		return true;
	}

	private void settle(ReadyDelivery delivery, SendOutcome outcome) {
		if (outcome instanceof SendOutcome.Accepted) {
			settle(delivery, DeliveryState.ACCEPTED, null, null);
		}
		else if (outcome instanceof SendOutcome.Deferred deferred) {
			Duration pause = this.settings.retry().pauseAfter(delivery.attempts() + 1);
			settle(delivery, DeliveryState.DEFERRED, this.clock.instant().plus(jittered(pause)), deferred.reply());
		}
		else if (outcome instanceof SendOutcome.Rejected rejected) {
			settle(delivery, DeliveryState.REJECTED, null, rejected.reply());
		}
		else if (outcome instanceof SendOutcome.Uncertain uncertain) {
			settle(delivery, DeliveryState.UNCERTAIN, null, new SmtpReply(0, "", uncertain.reason()));
		}
	}

	private void settle(ReadyDelivery delivery, DeliveryState state, @Nullable Instant nextAt,
			@Nullable SmtpReply reply) {
		insist(() -> this.claims.record(delivery.key(), state, nextAt, reply));
	}

	/**
	 * The relay's answer is known here alone until the ledger has it, so a database that
	 * is away for a moment is waited for. What can't be recorded is found UNCERTAIN
	 * later.
	 */
	private static void insist(Runnable ledgerWrite) {
		long end = System.nanoTime() + LEDGER_PATIENCE.toNanos();
		while (true) {
			try {
				ledgerWrite.run();
				return;
			}
			catch (DataAccessException ex) {
				if (System.nanoTime() - end > 0) {
					throw ex;
				}
				LockSupport.parkNanos(LEDGER_RETRY.toNanos());
			}
		}
	}

	/**
	 * Up to a fifth longer, so that what was deferred together does not come back
	 * together.
	 */
	private static Duration jittered(Duration pause) {
		return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 5 + 1));
	}

	private static String refusal(SmtpReply reply) {
		return "The relay refuses this sender, so nothing more was tried and nobody was rejected: " + reply.text();
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
