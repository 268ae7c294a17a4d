package dev.herald.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import dev.herald.pacing.OptionalLimit;
import dev.herald.pacing.Provider;
import dev.herald.pacing.ProviderPace;
import dev.herald.pacing.RateLimit;

/**
 * The deliveries of one send to one mailbox provider that wait in memory for a
 * connection. A slow provider fills its own lane and nobody else's. Guarded by the lock
 * of {@link Lanes}, but for {@link #tally()}.
 */
final class Lane {

	/** Waiting in memory at most; the rest waits in the ledger. */
	private static final int ROOM = 1_000;

	final ActiveSend send;

	final ProviderPace pace;

	final Deque<ReadyDelivery> waiting = new ArrayDeque<>();

	/** Taken by a connection, and not yet settled in the ledger. */
	int unsettled;

	/** Of the installation and of the newsletter. */
	private final List<OptionalLimit> limits;

	private final LaneTally tally = new LaneTally();

	Lane(ActiveSend send, ProviderPace pace, List<OptionalLimit> limits) {
		this.send = send;
		this.pace = pace;
		this.limits = limits;
	}

	Provider provider() {
		return this.pace.provider();
	}

	LaneTally tally() {
		return this.tally;
	}

	boolean hasRoom() {
		return this.waiting.size() < ROOM;
	}

	/** What binds its next message, besides the limit of the relay. */
	List<RateLimit> limits() {
		List<RateLimit> provider = this.pace.limits();
		List<RateLimit> all = provider;
		for (OptionalLimit each : this.limits) {
			RateLimit limit = each.now();
			if (limit != null) {
				all = (all != provider) ? all : new ArrayList<>(provider);
				all.add(limit);
			}
		}
		return all;
	}

	/** One delivery that a connection has taken from its lane. */
	record Turn(Lane lane, ReadyDelivery delivery) {
	}

}
