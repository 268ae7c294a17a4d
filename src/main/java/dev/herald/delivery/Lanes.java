package dev.herald.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.herald.delivery.Lane.Turn;
import dev.herald.pacing.Provider;
import dev.herald.pacing.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * Decides which delivery goes next. Lanes take turns; one is passed over while its
 * provider has all the connections that it may have, or a limit says that it is too
 * early. So nobody waits for a provider that is not his own. Thread-safe.
 */
final class Lanes {

	private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final Condition work = this.lock.newCondition();

	private final Condition settled = this.lock.newCondition();

	private final List<Lane> lanes = new ArrayList<>();

	/** Messages on the way now, by the code of their provider. */
	private final int[] transmitting = new int[Provider.MAX_CODE + 1];

	private final Traffic traffic;

	private int next;

	Lanes(Traffic traffic) {
		this.traffic = traffic;
	}

	void open(Lane lane) {
		locked(() -> this.lanes.add(lane));
	}

	/** What still waits in it stays as it is in the ledger. */
	void close(Lane lane) {
		locked(() -> this.lanes.remove(lane));
	}

	List<Lane> open() {
		this.lock.lock();
		try {
			return List.copyOf(this.lanes);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for room.
	 * @return false when the send must stop: the delivery stays where it is
	 */
	boolean put(Lane lane, ReadyDelivery delivery) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (!lane.hasRoom() && !lane.send.mustStop()) {
				this.room.awaitNanos(LONGEST_WAIT);
			}
			if (lane.send.mustStop()) {
				return false;
			}
			lane.waiting.addLast(delivery);
			this.work.signal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until everything that was put into the lane is settled; once the send must
	 * stop, only for what a connection has.
	 */
	void awaitSettled(Lane lane) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (lane.unsettled > 0 || !lane.waiting.isEmpty()) {
				if (lane.send.mustStop()) {
					lane.waiting.clear();
				}
				else {
					this.settled.awaitNanos(LONGEST_WAIT);
					continue;
				}
				if (lane.unsettled > 0) {
					this.settled.awaitNanos(LONGEST_WAIT);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A delivery that may go over this relay now; null where there is none. */
	@Nullable Turn poll(RelayState relay) {
		this.lock.lock();
		try {
			return take(relay).turn();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits for one; null after the given time. */
	@Nullable Turn await(RelayState relay, Duration atMost) throws InterruptedException {
		long end = System.nanoTime() + atMost.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (true) {
				Found found = take(relay);
				long left = end - System.nanoTime();
				if (found.turn() != null || left <= 0) {
					return found.turn();
				}
				this.work.awaitNanos(Math.min(left, found.soonest()));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private Found take(RelayState relay) {
		long now = System.nanoTime();
		long soonest = Math.max(relay.nanosUntilTurn(now), 0);
		if (soonest > 0) {
			return new Found(null, Math.min(soonest, LONGEST_WAIT));
		}
		soonest = LONGEST_WAIT;
		int count = this.lanes.size();
		for (int i = 0; i < count; i++) {
			Lane lane = this.lanes.get((this.next + i) % count);
			if (lane.waiting.isEmpty() || lane.send.mustStop() || !hasFreeConnection(lane)) {
				continue;
			}
			long wait = nanosUntilFree(lane, now);
			if (wait <= 0) {
				this.next = (this.next + i + 1) % count;
				return new Found(take(lane, relay, now), 0);
			}
			soonest = Math.min(soonest, wait);
		}
		return new Found(null, soonest);
	}

	private boolean hasFreeConnection(Lane lane) {
		Integer most = lane.provider().connections();
		return most == null || this.transmitting[lane.provider().code()] < Math.max(1, most / this.traffic.processes());
	}

	private static long nanosUntilFree(Lane lane, long now) {
		long wait = 0;
		for (RateLimit limit : lane.limits()) {
			wait = Math.max(wait, limit.nanosUntilFree(now));
		}
		return wait;
	}

	private Turn take(Lane lane, RelayState relay, long now) {
		lane.limits().forEach((limit) -> limit.take(now));
		relay.take(now);
		this.transmitting[lane.provider().code()]++;
		lane.unsettled++;
		Turn turn = new Turn(lane, lane.waiting.removeFirst());
		this.room.signal();
		if (!lane.waiting.isEmpty()) {
			this.work.signal();
		}
		return turn;
	}

	/** Messages of a provider that are on the way now. */
	int transmitting(int providerCode) {
		this.lock.lock();
		try {
			return this.transmitting[providerCode];
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Its connection is free for another of the same provider. */
	void transmitted(Turn turn) {
		locked(() -> {
			this.transmitting[turn.lane().provider().code()]--;
			this.work.signal();
		});
	}

	/** The ledger has its outcome, or did not want it tried. */
	void settled(Turn turn) {
		locked(() -> {
			turn.lane().unsettled--;
			this.settled.signalAll();
		});
	}

	/** First in line again, for whichever connection is next: it was not tried. */
	void giveBack(Turn turn) {
		locked(() -> {
			turn.lane().waiting.addFirst(turn.delivery());
			turn.lane().unsettled--;
			// All: the one that is woken may belong to a relay that rests.
			this.work.signalAll();
			this.settled.signalAll();
		});
	}

	/** Whoever waits looks again: a send was told to stop, or a limit was changed. */
	void lookAgain() {
		locked(() -> {
			this.work.signalAll();
			this.room.signalAll();
			this.settled.signalAll();
		});
	}

	private void locked(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * @param soonest nanoseconds until it is worth to look again, where there is no turn
	 */
	private record Found(@Nullable Turn turn, long soonest) {
	}

}
