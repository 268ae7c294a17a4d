package dev.herald.delivery;

import java.time.Clock;
import java.util.Objects;

import dev.herald.issue.Issues;
import dev.herald.settings.BatchFiles;
import dev.herald.settings.NeedsBatch;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job send-issue: freeze the audience, deliver by partitions, settle. One instance a
 * round: the deliveries that were deferred are the next round's. The transaction manager
 * of its steps is Batch's resourceless one, so no database connection is held during
 * SMTP; every ledger write commits by itself.
 */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class SendJob {

	static final String NAME = "send-issue";

	static final String SEND_ID = "sendId";

	static final String ROUND = "round";

	@Bean
	SendSettings sendSettings(BatchFiles files) {
		return files.read(NAME, SendSettings.class);
	}

	@Bean
	Pacer pacer(SendSettings settings) {
		return new Pacer(settings.messagesPerSecond());
	}

	@Bean
	Job sendIssueJob(JobRepository repository, @Qualifier("freezeStep") Step freeze,
			@Qualifier("deliverStep") Step deliver, @Qualifier("settleStep") Step settle) {
		return new JobBuilder(NAME, repository).start(freeze).next(deliver).next(settle).build();
	}

	@Bean
	Step freezeStep(JobRepository repository, ActiveSends active, AudienceFreeze freeze, Issues issues) {
		return new StepBuilder("freeze", repository).tasklet((contribution, context) -> {
			Send send = active.require(sendId(contribution)).send();
			freeze.freeze(send.id(), send.issueId(), issues.byId(send.issueId()).newsletterId());
			return RepeatStatus.FINISHED;
		}).build();
	}

	@Bean
	Step deliverStep(JobRepository repository, @Qualifier("sliceStep") Step slice, Partitioner slices,
			SendSettings settings) {
		SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("send-");
		workers.setVirtualThreads(Runtime.version().feature() >= 21);
		return new StepBuilder("deliver", repository).partitioner("slice", slices)
			.step(slice)
			.gridSize(settings.connections())
			.taskExecutor(workers)
			.build();
	}

	@Bean
	@StepScope
	Partitioner slices(JdbcClient jdbc, @Value("#{jobParameters['sendId']}") Long sendId) {
		return new SendSlices(jdbc, sendId.intValue());
	}

	@Bean
	Step sliceStep(JobRepository repository, DueDeliveries reader, RelayWriter writer, SendSettings settings,
			ActiveSends active) {
		return new StepBuilder("slice", repository).<ReadyDelivery, ReadyDelivery>chunk(settings.chunkSize())
			.reader(reader)
			.writer(writer)
			.stream(writer)
			.interruptionPolicy(new StopBetweenChunks(active))
			.allowStartIfComplete(true)
			.build();
	}

	@Bean
	@StepScope
	DueDeliveries dueDeliveries(Claims claims, @Value("#{jobParameters['sendId']}") Long sendId,
			@Value("#{stepExecutionContext['afterSubscriberId']}") Integer after,
			@Value("#{stepExecutionContext['lastSubscriberId']}") Integer last) {
		return new DueDeliveries(claims, sendId.intValue(), after, last);
	}

	@Bean
	@StepScope
	RelayWriter relayWriter(ActiveSends active, Claims claims, Pacer pacer, SendSettings settings, Clock clock,
			@Value("#{jobParameters['sendId']}") Long sendId) {
		return new RelayWriter(active.require(sendId.intValue()), claims, pacer, settings, clock);
	}

	@Bean
	Step settleStep(JobRepository repository, ActiveSends active, Claims claims, SendSettings settings, Clock clock) {
		return new StepBuilder("settle", repository).tasklet((contribution, context) -> {
			int sendId = sendId(contribution);
			active.require(sendId);
			claims.abandonClaims(sendId);
			claims.expire(sendId, clock.instant().minus(settings.deadline()));
			return RepeatStatus.FINISHED;
		}).build();
	}

	private static int sendId(StepContribution contribution) {
		return Math
			.toIntExact(Objects.requireNonNull(contribution.getStepExecution().getJobParameters().getLong(SEND_ID)));
	}

}
