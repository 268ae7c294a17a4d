package dev.herald.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Spaces messages evenly over all workers of this process. A pause saves nothing up: the
 * first second after it is no faster than any other. Thread-safe.
 */
final class Pacer {

	private final long intervalNanos;

	private long next;

	/**
	 * @param messagesPerSecond null for no limit
	 */
	Pacer(@Nullable Integer messagesPerSecond) {
		this.intervalNanos = (messagesPerSecond != null) ? Duration.ofSeconds(1).toNanos() / messagesPerSecond : 0;
		this.next = System.nanoTime();
	}

	/** Takes the next free place, and tells how long it is until then. */
	Duration reserve() {
		return reserve(System.nanoTime());
	}

	synchronized Duration reserve(long now) {
		if (this.intervalNanos == 0) {
			return Duration.ZERO;
		}
		long place = (this.next - now > 0) ? this.next : now;
		this.next = place + this.intervalNanos;
		return Duration.ofNanos(place - now);
	}

}
