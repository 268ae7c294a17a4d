package dev.herald.pacing;

import org.jspecify.annotations.Nullable;

/**
 * A limit that may be set, changed and taken away while messages are on their way.
 * Thread-safe.
 */
public final class OptionalLimit {

	private volatile @Nullable RateLimit limit;

	private int processes = 1;

	/**
	 * @param rate null for no limit
	 */
	public OptionalLimit(@Nullable Rate rate) {
		set(rate);
	}

	/** From now on; what was sent under the limit before counts. */
	public synchronized void set(@Nullable Rate rate) {
		RateLimit now = this.limit;
		if (rate == null) {
			this.limit = null;
		}
		else if (now != null) {
			now.set(rate);
		}
		else {
			RateLimit limit = new RateLimit(rate);
			limit.share(this.processes);
			this.limit = limit;
		}
	}

	/** How many processes send now; each gets its part. */
	public synchronized void share(int processes) {
		this.processes = processes;
		RateLimit now = this.limit;
		if (now != null) {
			now.share(processes);
		}
	}

	/** Null where there is no limit now. */
	public @Nullable RateLimit now() {
		return this.limit;
	}

}
