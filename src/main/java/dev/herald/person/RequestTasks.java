package dev.herald.person;

import java.time.Instant;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts the mails of requests on the schedule that servers work off, within the caller's
 * transaction: a request and its mail are written together or not at all.
 */
@Component
class RequestTasks {

	static final String NAME = "reader-mail";

	private final Supplier<SchedulerClient> client;

	RequestTasks(DataSource dataSource) {
		this.client = SingletonSupplier
			.of(() -> SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
				.jdbcCustomization(new AutodetectJdbcCustomization(dataSource, true))
				.build());
	}

	void schedule(long requestId, Instant at) {
		this.client.get().scheduleIfNotExists(new TaskInstance<>(NAME, Long.toString(requestId)), at);
	}

}
