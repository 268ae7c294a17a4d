package dev.herald.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.herald.pacing.OptionalLimit;
import dev.herald.pacing.Rate;
import dev.herald.pacing.RateLimit;
import dev.herald.smtp.Relay;
import org.jspecify.annotations.Nullable;

/**
 * A relay as this process sees it: whether it answers, its own limit, and its share of
 * the messages. Thread-safe.
 */
final class RelayState {

	private static final Duration FIRST_REST = Duration.ofSeconds(1);

	/** A relay that is ahead of its share waits for the others this long at a time. */
	private static final long SHARE_WAIT = Duration.ofMillis(2).toNanos();

	/** A relay that has reached its day's ceiling looks again after this. */
	private static final long CEILING_WAIT = Duration.ofMillis(200).toNanos();

	/** Messages by which a relay may be ahead of its share. */
	private static final int SLACK = 8;

	private final OptionalLimit limit;

	private final RelayCeilings.@Nullable Ceiling ceiling;

	private volatile Relay relay;

	/** So many may be open now. */
	private volatile int connections;

	private List<RelayState> all = List.of();

	private int openConnections;

	private int failuresInARow;

	/** In nanoseconds of System.nanoTime, where it rests. */
	private long restsUntil;

	private boolean resting;

	/** Messages taken, each counted as one part of the relay's weight. */
	private double served;

	/**
	 * @param usual connections, where the relay does not say how many
	 * @param ceiling of its day; null where nobody counts
	 */
	RelayState(Relay relay, int usual, RelayCeilings.@Nullable Ceiling ceiling) {
		this.relay = relay;
		this.ceiling = ceiling;
		this.connections = connections(relay, usual);
		this.limit = new OptionalLimit(rate(relay));
	}

	/** Other limits of the same relay, from now on. */
	void set(Relay relay, int usual) {
		this.relay = relay;
		this.connections = connections(relay, usual);
		this.limit.set(rate(relay));
	}

	private static int connections(Relay relay, int usual) {
		return (relay.connections() != null) ? relay.connections() : usual;
	}

	private static @Nullable Rate rate(Relay relay) {
		return (relay.rate() != null) ? Rate.of(relay.rate()) : null;
	}

	int connections() {
		return this.connections;
	}

	/** Once, before any thread uses it. */
	void among(List<RelayState> relays) {
		this.all = relays;
	}

	Relay relay() {
		return this.relay;
	}

	synchronized boolean answers() {
		return this.openConnections > 0;
	}

	synchronized boolean isResting() {
		return this.resting;
	}

	/** What binds a message over this relay. */
	List<RateLimit> with(List<RateLimit> others) {
		RateLimit own = this.limit.now();
		if (own == null) {
			return others;
		}
		List<RateLimit> all = new ArrayList<>(others);
		all.add(own);
		return all;
	}

	/** So many processes use the relay now. */
	void share(int processes) {
		this.limit.share(processes);
	}

	/** How long until a message may go over this relay, as far as it is the relay's. */
	long nanosUntilTurn(long now) {
		if (isAtCeiling()) {
			return CEILING_WAIT;
		}
		RateLimit own = this.limit.now();
		long wait = Math.max(nanosOfRest(now), (own != null) ? own.nanosUntilFree(now) : 0);
		if (this.all.size() > 1 && isAhead()) {
			wait = Math.max(wait, SHARE_WAIT);
		}
		return wait;
	}

	/** No connection of it takes a delivery that another relay could carry meanwhile. */
	private synchronized long nanosOfRest(long now) {
		return this.resting ? Math.max(0, this.restsUntil - now) : 0;
	}

	boolean isAtCeiling() {
		return this.ceiling != null && this.ceiling.isReached();
	}

	private boolean isAhead() {
		double least = Double.MAX_VALUE;
		for (RelayState other : this.all) {
			if (other != this && other.answers() && !other.isAtCeiling()) {
				least = Math.min(least, other.served());
			}
		}
		return served() > least + (double) SLACK / this.relay.weight();
	}

	void take(long now) {
		RateLimit own = this.limit.now();
		if (own != null) {
			own.take(now);
		}
		if (this.ceiling != null) {
			this.ceiling.count();
		}
		synchronized (this) {
			this.served += 1.0 / this.relay.weight();
		}
	}

	private synchronized double served() {
		return this.served;
	}

	/** A connection is open. What others carried while it was away is not made up for. */
	void opened() {
		double most = 0;
		for (RelayState other : this.all) {
			most = (other != this && other.answers()) ? Math.max(most, other.served()) : most;
		}
		synchronized (this) {
			if (this.openConnections++ == 0) {
				this.served = Math.max(this.served, most);
			}
			this.failuresInARow = 0;
			this.resting = false;
		}
	}

	synchronized void closed() {
		this.openConnections--;
	}

	/**
	 * No connection could be opened, or one was lost before it carried a message.
	 * @return how long to leave the relay alone
	 */
	synchronized Duration failed(Duration longest) {
		Duration rest = FIRST_REST.multipliedBy(1L << Math.min(this.failuresInARow, 20));
		rest = (rest.compareTo(longest) > 0) ? longest : rest;
		if (System.nanoTime() - this.restsUntil >= 0) {
			// Of several connections that fail together the first one counts.
			this.failuresInARow++;
			this.restsUntil = System.nanoTime() + rest.toNanos();
		}
		this.resting = this.openConnections == 0;
		return rest;
	}

}
