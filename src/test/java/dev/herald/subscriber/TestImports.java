package dev.herald.subscriber;

import java.time.Clock;
import java.time.Duration;

import dev.herald.testing.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** Imports without the rest of Herald, on a test's database. */
final class TestImports {

	private TestImports() {
	}

	static SubscriberImport on(TestDatabase.Opened database, Clock clock) {
		return on(database, database.transactionManager(), clock, 1000);
	}

	static SubscriberImport on(TestDatabase.Opened database, PlatformTransactionManager transactions, Clock clock,
			int chunkSize) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("importJob", job(database, transactions));
		ApplicationEventPublisher nobody = (event) -> {
		};
		return new SubscriberImport(database.jdbc(), new JdbcTemplate(database.dataSource()), transactions,
				beans.getBeanProvider(ImportJob.class), new ImportSettings(chunkSize, Duration.ofHours(24)), nobody,
				clock);
	}

	private static ImportJob job(TestDatabase.Opened database, PlatformTransactionManager transactions) {
		try {
			JdbcJobRepositoryFactoryBean repositories = new JdbcJobRepositoryFactoryBean();
			repositories.setDataSource(database.dataSource());
			repositories.setTransactionManager(transactions);
			repositories.afterPropertiesSet();
			JobRepository repository = repositories.getObject();
			TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
			operator.setJobRepository(repository);
			operator.setJobRegistry(new MapJobRegistry());
			operator.setTaskExecutor(new SyncTaskExecutor());
			operator.afterPropertiesSet();
			return new ImportJob(repository, operator);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
