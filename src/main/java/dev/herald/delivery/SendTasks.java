package dev.herald.delivery;

import java.time.Instant;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts sends on the schedule that servers work off. Takes part in the caller's
 * transaction: a send and its task are written together or not at all.
 */
@Component
class SendTasks {

	static final String NAME = "send-issue";

	private final Supplier<SchedulerClient> client;

	SendTasks(DataSource dataSource) {
		this.client = SingletonSupplier
			.of(() -> SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
				.jdbcCustomization(new AutodetectJdbcCustomization(dataSource, true))
				.build());
	}

	/** Does nothing where the send is on the schedule already and being worked on. */
	void schedule(int sendId, Instant at) {
		TaskInstance<Void> task = new TaskInstance<>(NAME, Integer.toString(sendId));
		if (!this.client.get().scheduleIfNotExists(task, at)) {
			try {
				this.client.get().reschedule(task, at);
			}
			catch (TaskInstanceCurrentlyExecutingException ex) {
				// A server has it in hand, and decides itself when it looks again.
			}
		}
	}

}
