package dev.herald.pacing;

import dev.herald.problem.Problem;

/**
 * One limit on MAIL commands, shared by all that it binds. It works twice: a dispatcher
 * spaces messages evenly with {@link #nanosUntilFree} and {@link #take}; at the moment of
 * the write, {@link MailGate} holds the rule itself, that no sliding window of the rate's
 * unit has more MAILs than the rate. Times are those of System.nanoTime(). Thread-safe.
 */
public final class RateLimit {

	/**
	 * The gate's window is longer than the unit by this, against what lies between
	 * Herald's clock and the receiver's: one and a half percent of a second.
	 */
	static final long GATE_MARGIN = 15_000_000;

	/**
	 * Places are spread over a window longer by this: 98 % of the limit. It is more than
	 * the gate's margin, so that a MAIL that was late by accident does not make its
	 * successors in the next windows wait at the gate for ever.
	 */
	static final long SPACING_MARGIN = 20_000_000;

	/**
	 * A place may be taken late by this much without moving those after it: a parked
	 * thread wakes 50 to 100 microseconds late, which is half the distance at 5,000 a
	 * second. Longer was a pause, and a pause saves nothing up.
	 */
	static final long LATENESS = 25_000_000;

	private Rate rate;

	private int processes = 1;

	/** Of one window of this process: a part of the rate. */
	private long window;

	/** Stamps of the last MAILs, as many as a window may have; a ring. */
	private long[] stamps;

	/** Where the next stamp goes, which is also where the oldest is once all are used. */
	private int next;

	private int used;

	private boolean started;

	private long lastPlace;

	public RateLimit(Rate rate) {
		this.rate = rate;
		this.stamps = new long[rate.count()];
		this.window = rate.unit().length().toNanos();
	}

	/** The limit of the whole installation. */
	public synchronized Rate rate() {
		return this.rate;
	}

	/** From now on; what was sent before counts. */
	public synchronized void set(Rate rate) {
		if (!rate.equals(this.rate)) {
			this.rate = rate;
			resize();
		}
	}

	/**
	 * How many processes send now; each gets its part. Of less than one message a window
	 * each gets one in a window that is longer accordingly: over several processes that
	 * keeps the average, but not each window.
	 */
	public synchronized void share(int processes) {
		if (processes < 1) {
			throw Problem.usage("A limit is shared by one process or more, not " + processes + ".");
		}
		if (processes != this.processes) {
			this.processes = processes;
			resize();
		}
	}

	private void resize() {
		int count = Math.max(1, this.rate.count() / this.processes);
		long unit = this.rate.unit().length().toNanos();
		this.window = (this.rate.count() >= this.processes) ? unit
				: (long) ((double) unit * this.processes / this.rate.count());
		long[] kept = new long[count];
		int moved = Math.min(count, this.used);
		for (int i = 0; i < moved; i++) {
			kept[i] = this.stamps[Math.floorMod(this.next - moved + i, this.stamps.length)];
		}
		this.stamps = kept;
		this.used = moved;
		this.next = moved % count;
	}

	/** How long until a message may be dispatched; 0 when one may now. */
	public synchronized long nanosUntilFree(long now) {
		long place = this.started ? Math.max(0, this.lastPlace + interval() - now) : 0;
		return Math.max(place, nanosUntilMail(now));
	}

	/**
	 * Takes the next place, and tells how long it is until then: 0 when nothing has to be
	 * waited for.
	 */
	public synchronized long take(long now) {
		long place = this.lastPlace + interval();
		if (!this.started || place - now < -LATENESS) {
			place = now;
		}
		this.started = true;
		this.lastPlace = place;
		return Math.max(0, place - now);
	}

	private long interval() {
		return (this.window + SPACING_MARGIN) / this.stamps.length;
	}

	/** How long until one more MAIL keeps the rule; 0 when it does now. */
	synchronized long nanosUntilMail(long now) {
		if (this.used < this.stamps.length) {
			return 0;
		}
		return Math.max(0, this.stamps[this.next] + this.window + GATE_MARGIN - now);
	}

	/** A MAIL has been written. */
	synchronized void stamp(long now) {
		this.stamps[this.next] = now;
		this.next = (this.next + 1) % this.stamps.length;
		this.used = Math.min(this.used + 1, this.stamps.length);
	}

	@Override
	public String toString() {
		return rate().toString();
	}

}
