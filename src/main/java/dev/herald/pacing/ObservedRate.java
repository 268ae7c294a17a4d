package dev.herald.pacing;

/**
 * Answers a second, lately: over the last half minute to minute. Not safe for use between
 * threads; {@link ProviderPace} has the lock.
 */
final class ObservedRate {

	private static final long SPAN = 30_000_000_000L;

	/** A rate over less is chance. */
	private static final double SHORTEST_SECONDS = 1;

	private long began;

	private long count;

	private long countBefore;

	private long spanBefore;

	ObservedRate(long now) {
		this.began = now;
	}

	void count(long now) {
		if (now - this.began >= SPAN) {
			boolean justEnded = now - this.began < 2 * SPAN;
			this.countBefore = justEnded ? this.count : 0;
			this.spanBefore = justEnded ? now - this.began : 0;
			this.count = 0;
			this.began = now;
		}
		this.count++;
	}

	double perSecond(long now) {
		double seconds = (now - this.began + this.spanBefore) / 1e9;
		return (this.count + this.countBefore) / Math.max(SHORTEST_SECONDS, seconds);
	}

}
