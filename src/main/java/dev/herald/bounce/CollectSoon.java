package dev.herald.bounce;

import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the next run of collect-bounces forward to now. It only moves its time in the
 * database, so that one server at a time goes on collecting. However often it is asked
 * within a second, there is one run. Thread-safe.
 */
final class CollectSoon {

	private static final Logger logger = LoggerFactory.getLogger(CollectSoon.class);

	private static final TaskInstanceId RUN = TaskInstanceId.of(CollectBouncesConfiguration.NAME,
			RecurringTask.INSTANCE);

	private static final long BURST_MILLIS = 1_000;

	private final SchedulerClient scheduler;

	private final ScheduledExecutorService executor;

	private final Clock clock;

	/** Null when nobody has asked since the last. */
	private @Nullable Future<?> next;

	CollectSoon(SchedulerClient scheduler, ScheduledExecutorService executor, Clock clock) {
		this.scheduler = scheduler;
		this.executor = executor;
		this.clock = clock;
	}

	synchronized void ask() {
		if (!this.executor.isShutdown() && this.next == null) {
			this.next = this.executor.schedule(this::bringForward, BURST_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void bringForward() {
		forget();
		try {
			this.scheduler.reschedule(RUN, this.clock.instant());
		}
		catch (TaskInstanceCurrentlyExecutingException ex) {
			// It may have listed the mailbox before the mail came.
			ask();
		}
		catch (RuntimeException ex) {
			logger.info("collect-bounces can't be brought forward ({}); it runs at its time.", ex.toString());
		}
	}

	private synchronized void forget() {
		this.next = null;
	}

}
