package dev.herald.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.herald.delivery.Lane.Turn;
import dev.herald.pacing.RateLimit;
import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.render.OutgoingMessage;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedRuntimeException;

/**
 * One connection to one relay, and what goes over it: claim, MAIL to final dot, outcome,
 * one delivery after the other. The outcome of one and the claim of the next go to the
 * ledger together. For one thread at a time.
 */
final class RelayWorker implements Runnable {

	/** A worker without work looks up this often, and may then leave. */
	private static final Duration IDLE = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(RelayWorker.class);

	private final Route route;

	private final Lanes lanes;

	private final RelayState relay;

	private final int number;

	private final Parts parts;

	private final SmtpConnection connection;

	/** Messages on this connection, by the code of their provider. */
	private final Map<Integer, Integer> carried = new HashMap<>();

	private boolean connected;

	/** To be taken once no delivery is held. */
	private Duration rest = Duration.ZERO;

	/** The delivery that was transmitted last, until the ledger has its outcome. */
	private @Nullable Turn last;

	private @Nullable Settlement outcome;

	/**
	 * @param number among the connections of its relay, from 0
	 */
	RelayWorker(Route route, RelayState relay, int number, Parts parts) {
		this.route = route;
		this.number = number;
		this.lanes = route.lanes();
		this.relay = relay;
		this.parts = parts;
		this.connection = new SmtpConnection(relay.relay());
	}

	RelayState relay() {
		return this.relay;
	}

	int number() {
		return this.number;
	}

	@Override
	public void run() {
		boolean stays = true;
		while (stays) {
			try {
				stays = step();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				stays = false;
			}
		}
		disconnect();
	}

	/**
	 * @return false when there is nothing more to do
	 */
	private boolean step() throws InterruptedException {
		if (Route.rests(this)) {
			settle();
			disconnect();
			return !this.route.park(this);
		}
		Turn turn = (this.outcome != null) ? this.lanes.poll(this.relay) : this.lanes.await(this.relay, IDLE);
		if (turn == null) {
			if (this.outcome == null) {
				disconnect();
				if (this.route.isAtCeiling()) {
					this.route.waiting(Sentence.of("delivery.hold.ceiling"));
				}
				return !this.route.leave(this);
			}
			settle();
			return true;
		}
		try {
			work(turn);
		}
		catch (LedgerUnreachableException | NestedRuntimeException ex) {
			// The database is away: the round ends, and the next one goes on by itself.
			logger.warn("Send {} pauses, since the database can't be used", turn.lane().send.send().id(), ex);
			turn.lane().send.stop();
			this.lanes.lookAgain();
		}
		catch (RuntimeException ex) {
			// Nothing that becomes of a recipient is an exception: this is a fault of
			// Herald's own.
			logger.error("Send {} stops", turn.lane().send.send().id(), ex);
			turn.lane().send.hold(Sentence.of("delivery.hold.fault", String.valueOf(ex.getMessage())));
		}
		return true;
	}

	private void work(Turn turn) throws InterruptedException {
		if (isPutOff(turn)) {
			return;
		}
		OutgoingMessage message = reachRelay(turn) ? render(turn) : null;
		if (message == null) {
			this.lanes.transmitted(turn);
			this.lanes.giveBack(turn);
			rest();
			return;
		}
		Claim.Answer answer = claim(turn);
		if (answer == Claim.Answer.CLAIMED) {
			transmit(turn, message);
			rest();
			return;
		}
		if (answer == Claim.Answer.STOPPED) {
			turn.lane().send.stop();
			this.lanes.lookAgain();
		}
		this.lanes.transmitted(turn);
		this.lanes.settled(turn);
	}

	/** A domain that defers everything is left alone for a while; the others go on. */
	private boolean isPutOff(Turn turn) {
		Lane lane = turn.lane();
		Duration wait = lane.pace.holdOff(turn.delivery().address().domain(), System.nanoTime());
		if (wait.isZero()) {
			return false;
		}
		this.lanes.transmitted(turn);
		try {
			this.parts.claims().putOff(lane.send.send().id(), turn.delivery().key(), wait);
		}
		finally {
			this.lanes.settled(turn);
		}
		return true;
	}

	private @Nullable OutgoingMessage render(Turn turn) {
		try {
			return turn.lane().send.issue().message(turn.delivery().recipient());
		}
		catch (Problem problem) {
			turn.lane().send.hold(KeptSentence.of(problem));
			this.lanes.lookAgain();
			return null;
		}
	}

	private Claim.Answer claim(Turn turn) {
		Turn before = this.last;
		Settlement settlement = this.outcome;
		this.last = null;
		this.outcome = null;
		boolean written = false;
		try {
			Claim.Answer answer = this.parts.ledger().claim(settlement, new Claim(turn.lane().send, turn.delivery()));
			written = true;
			return answer;
		}
		finally {
			if (before != null) {
				this.lanes.settled(before);
			}
			if (!written) {
				this.lanes.transmitted(turn);
				this.lanes.settled(turn);
			}
		}
	}

	private void settle() {
		Settlement settlement = this.outcome;
		Turn before = this.last;
		this.outcome = null;
		this.last = null;
		if (settlement == null || before == null) {
			return;
		}
		try {
			this.parts.ledger().settle(settlement);
		}
		catch (LedgerUnreachableException ex) {
			logger.error("Send {}: one outcome could not be recorded and will be found uncertain",
					before.lane().send.send().id(), ex);
			before.lane().send.stop();
		}
		finally {
			this.lanes.settled(before);
		}
	}

	private void transmit(Turn turn, OutgoingMessage message) {
		ActiveSend send = turn.lane().send;
		long begun = System.nanoTime();
		SendOutcome result = deliver(turn, message);
		this.carried.merge(turn.lane().provider().code(), 1, Integer::sum);
		this.lanes.transmitted(turn);
		this.parts.metrics().transmitted(this.relay.relay(), turn.lane().provider(), result, System.nanoTime() - begun);
		this.last = turn;
		this.outcome = this.parts.answers().settlement(turn, result);
		followUp(send, result);
	}

	private SendOutcome deliver(Turn turn, OutgoingMessage message) {
		try {
			return this.connection.deliver(message.envelopeSender(), message.recipient(), message.content(),
					(mail) -> this.parts.traffic().gate().pass(limits(turn), mail::write, turn.lane().send::mustStop));
		}
		catch (RuntimeException ex) {
			logger.error("A fault while a message of send {} was handed over", turn.lane().send.send().id(), ex);
			return new SendOutcome.Uncertain("A fault in Herald while it was handed over: " + ex.getMessage());
		}
	}

	private List<RateLimit> limits(Turn turn) {
		return this.relay.with(turn.lane().limits());
	}

	private void followUp(ActiveSend send, SendOutcome result) {
		if (result instanceof SendOutcome.RelayUnavailable unavailable) {
			lost(unavailable.reason());
		}
		else if (result instanceof SendOutcome.Refused refused) {
			send.hold(refusal(refused));
			this.lanes.lookAgain();
		}
		else if (result instanceof SendOutcome.Uncertain) {
			disconnect();
		}
		else if (!(result instanceof SendOutcome.Withheld)) {
			send.running();
		}
	}

	/**
	 * @return false when there is no connection now
	 */
	private boolean reachRelay(Turn turn) {
		if (this.connected && (this.connection.exhausted() || hasCarriedEnough(turn))) {
			disconnect();
		}
		if (this.connected) {
			return true;
		}
		settle();
		Optional<SendOutcome> trouble = this.connection.open();
		if (trouble.isEmpty()) {
			this.connected = true;
			this.relay.opened();
			this.parts.metrics().connected(this.relay.relay());
			return true;
		}
		if (trouble.get() instanceof SendOutcome.Refused refused) {
			refused(turn, refused);
		}
		else if (trouble.get() instanceof SendOutcome.RelayUnavailable unavailable) {
			failed(unavailable.reason());
		}
		return false;
	}

	private boolean hasCarriedEnough(Turn turn) {
		Integer most = turn.lane().provider().messagesPerConnection();
		return most != null && this.carried.getOrDefault(turn.lane().provider().code(), 0) >= most;
	}

	/** Another relay may do; where there is none, nobody's mail can leave. */
	private void refused(Turn turn, SendOutcome.Refused refused) {
		if (this.route.answers()) {
			logger.warn("The relay {} refuses this installation: {}", this.relay.relay(), refused.reply().text());
			failed(refused.reason());
			return;
		}
		turn.lane().send.hold(refusal(refused));
		this.route.hold(refusal(refused));
	}

	/** The connection broke before it carried the message. */
	private void lost(Sentence reason) {
		boolean hadCarried = !this.carried.isEmpty();
		disconnect();
		settle();
		if (hadCarried) {
			// A relay that closed an idle or a used connection: opening another costs
			// nothing, and whether it is down shows then.
			return;
		}
		failed(reason);
	}

	private void failed(Sentence reason) {
		this.rest = this.relay.failed(this.parts.settings().send().relayRetryLongest());
		if (!this.route.answers()) {
			this.route.waiting(reason);
		}
	}

	/**
	 * After the delivery was given back: whoever rested with one in his hands kept it
	 * from the other relays.
	 */
	private void rest() throws InterruptedException {
		long end = System.nanoTime() + this.rest.toNanos();
		this.rest = Duration.ZERO;
		while (System.nanoTime() - end < 0 && !this.lanes.open().isEmpty()) {
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	private void disconnect() {
		if (this.connected) {
			this.connected = false;
			this.relay.closed();
			this.parts.metrics().disconnected(this.relay.relay());
		}
		this.connection.close();
		this.carried.clear();
	}

	private static Sentence refusal(SendOutcome.Refused refused) {
		return Sentence.of("delivery.hold.refused", refused.reason());
	}

	/**
	 * What all connections of a process share.
	 */
	record Parts(GroupCommit ledger, Claims claims, Traffic traffic, Answers answers, SendMetrics metrics,
			CurrentSettings settings) {
	}

}
