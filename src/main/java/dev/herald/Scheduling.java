package dev.herald;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The server's scheduler, over the modules' tasks. Several servers on one database share
 * the work; commands have none. db-scheduler's own Boot starter 16.7.1 does nothing under
 * Boot 4.1, without a word.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Scheduling {

	/** How soon a send that was asked for on another process starts. */
	private static final Duration POLLING = Duration.ofSeconds(1);

	/** Sends at the same time, and the recurring jobs. */
	private static final int THREADS = 8;

	@Bean
	Scheduler scheduler(DataSource dataSource, List<Task<?>> tasks) {
		List<RecurringTask<?>> recurring = tasks.stream()
			.filter(RecurringTask.class::isInstance)
			.<RecurringTask<?>>map((task) -> (RecurringTask<?>) task)
			.toList();
		return Scheduler.create(dataSource, tasks.stream().filter((task) -> !(task instanceof RecurringTask)).toList())
			.startTasks(recurring)
			.threads(THREADS)
			.pollingInterval(POLLING)
			.heartbeatInterval(Duration.ofSeconds(5))
			.shutdownMaxWait(Duration.ofSeconds(25))
			.alwaysPersistTimestampInUTC()
			.build();
	}

	/** Starts last and stops after the sends have been told to. */
	@Bean
	SmartLifecycle schedulerLifecycle(Scheduler scheduler) {
		return new SchedulerLifecycle(scheduler);
	}

}
