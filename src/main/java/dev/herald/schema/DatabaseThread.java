package dev.herald.schema;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread that takes its turns at the database in the background. It is never
 * interrupted: under a thread that is interrupted while it reads or writes, Java closes
 * the file (ClosedByInterruptException), and H2's is that of the whole process.
 */
public final class DatabaseThread {

	/**
	 * A statement that takes longer goes on by itself, on a thread that holds nothing up.
	 */
	private static final long PATIENCE_SECONDS = 5;

	private DatabaseThread() {
	}

	/** A daemon: a process does not stay for it. */
	public static ScheduledExecutorService named(String name) {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		return executor;
	}

	/**
	 * @param turn must not throw: there would be no next one
	 * @param pause before the first turn too, and between the end of one and the next
	 */
	public static void repeat(ScheduledExecutorService thread, Runnable turn, Duration pause) {
		Future<?> unused = thread.scheduleWithFixedDelay(turn, pause.toMillis(), pause.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/** No turn begins any more; the one under way is waited for, at most five seconds. */
	public static void end(ScheduledExecutorService thread) {
		thread.shutdown();
		try {
			thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
