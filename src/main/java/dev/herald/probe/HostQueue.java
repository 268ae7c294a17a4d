package dev.herald.probe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Gives out what is to be asked so that no host has many requests at once, nor one right
 * behind the other. Thread-safe.
 */
final class HostQueue {

	private final int perHost;

	private final Duration pause;

	private final Map<String, Host> hosts = new LinkedHashMap<>();

	/** Neither answered nor given up. */
	private int open;

	private boolean closed;

	HostQueue(int perHost, Duration pause) {
		this.perHost = perHost;
		this.pause = pause;
	}

	private static final class Host {

		private final Queue<Journey> waiting = new ArrayDeque<>();

		private int active;

		private long notBefore = System.nanoTime();

	}

	synchronized void add(Journey journey) {
		this.open++;
		queue(journey);
	}

	private void queue(Journey journey) {
		this.hosts.computeIfAbsent(journey.host(), (name) -> new Host()).waiting.add(journey);
		notifyAll();
	}

	/**
	 * Waits for one that may be asked now.
	 * @return null when all are answered, or after close
	 */
	synchronized @Nullable Journey take() throws InterruptedException {
		while (!this.closed && this.open > 0) {
			long now = System.nanoTime();
			long next = Long.MAX_VALUE;
			for (Host host : this.hosts.values()) {
				if (host.waiting.isEmpty() || host.active >= this.perHost) {
					continue;
				}
				if (host.notBefore - now <= 0) {
					host.active++;
					host.notBefore = now + this.pause.toNanos();
					return host.waiting.remove();
				}
				next = Math.min(next, host.notBefore - now);
			}
			// One more millisecond: wait() rounds down.
			wait((next == Long.MAX_VALUE) ? 0 : TimeUnit.NANOSECONDS.toMillis(next) + 1);
		}
		return null;
	}

	/** A redirect, or the same address in another way. */
	synchronized void goOn(Journey from, Journey to) {
		leave(from);
		queue(to);
	}

	synchronized void done(Journey journey) {
		leave(journey);
		this.open--;
		notifyAll();
	}

	private void leave(Journey journey) {
		Host host = this.hosts.get(journey.host());
		if (host != null) {
			host.active--;
		}
		notifyAll();
	}

	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

}
