package dev.herald.smtp;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose relay has stopped reading: a blocked write has no timeout of
 * its own. One thread looks at all connections from time to time, which costs a write
 * nothing.
 */
final class StalledWrites {

	private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

	private static final ScheduledThreadPoolExecutor CLOCK = clock();

	private StalledWrites() {
	}

	private static ScheduledThreadPoolExecutor clock() {
		ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "smtp-stalled-writes");
			thread.setDaemon(true);
			return thread;
		});
		clock.setRemoveOnCancelPolicy(true);
		return clock;
	}

	/**
	 * @return to be cancelled when the connection is closed
	 */
	static Future<?> watch(RelaySockets sockets) {
		long interval = Math.max(1,
				Math.min(LONGEST_INTERVAL.toMillis(), sockets.writeTimeout().dividedBy(2).toMillis()));
		return CLOCK.scheduleWithFixedDelay(() -> {
			if (sockets.stalled()) {
				sockets.abort();
			}
		}, interval, interval, TimeUnit.MILLISECONDS);
	}

}
