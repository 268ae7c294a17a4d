package dev.herald.delivery;

import java.time.Clock;
import java.util.Objects;

import dev.herald.problem.KeptFailure;
import dev.herald.settings.NeedsBatch;
import dev.herald.tracking.IssueLinks;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
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
 * The job send-issue: freeze the audience, deliver, settle. One instance a round: the
 * deliveries that were deferred are the next round's. The step "deliver" reads the ledger
 * in a partition a mailbox provider, in chunks, and feeds the connections of a
 * {@link Route}, which claim, transmit and record. The transaction manager of its steps
 * is Batch's resourceless one, so no database connection is held meanwhile.
 */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class SendJob {

	static final String NAME = "send-issue";

	static final String SEND_ID = "sendId";

	static final String ROUND = "round";

	@Bean
	Traffic traffic(CurrentSettings settings) {
		return new Traffic(settings);
	}

	@Bean
	RelayWorker.Parts relayWorkerParts(GroupCommit ledger, Claims claims, Traffic traffic, CurrentSettings settings,
			SendMetrics metrics, Clock clock) {
		return new RelayWorker.Parts(ledger, claims, traffic, new Answers(settings, clock), metrics, settings);
	}

	@Bean
	Job sendIssueJob(JobRepository repository, @Qualifier("freezeStep") Step freeze,
			@Qualifier("deliverStep") Step deliver, @Qualifier("settleStep") Step settle) {
		return new JobBuilder(NAME, repository).listener(new KeptFailure(repository))
			.start(freeze)
			.next(deliver)
			.next(settle)
			.build();
	}

	@Bean
	Step freezeStep(JobRepository repository, ActiveSends active, MailDomains domains, WarmUps warmUps,
			AudienceFreeze freeze, ResendList list, IssueLinks links) {
		return new StepBuilder("freeze", repository).tasklet((contribution, context) -> {
			ActiveSend work = active.require(sendId(contribution));
			domains.refresh(work.newsletterId());
			// No mail leaves before its links lead somewhere.
			links.keep(work.send().issueId(), work.issue().trackedLinks());
			if (work.send().isResend()) {
				list.takeOver(work.send(), work.newsletterId());
			}
			else {
				freeze.freeze(work.send().id(), work.send().issueId(), work.newsletterId(),
						(recipients) -> warmUps.portions(work.send(), work.newsletterId(), recipients));
			}
			return RepeatStatus.FINISHED;
		}).build();
	}

	@Bean
	Step deliverStep(JobRepository repository, @Qualifier("providerStep") Step provider, Partitioner providers) {
		SimpleAsyncTaskExecutor feeders = new SimpleAsyncTaskExecutor("send-");
		feeders.setVirtualThreads(Runtime.version().feature() >= 24);
		return new StepBuilder("deliver", repository).partitioner("provider", providers)
			.step(provider)
			.taskExecutor(feeders)
			.build();
	}

	@Bean
	@StepScope
	Partitioner providers(JdbcClient jdbc, @Value("#{jobParameters['sendId']}") Long sendId) {
		return new ProviderPartitions(jdbc, sendId.intValue());
	}

	@Bean
	Step providerStep(JobRepository repository, DueDeliveries reader, LaneWriter writer, CurrentSettings settings,
			ActiveSends active) {
		return new StepBuilder("provider", repository).<ReadyDelivery, ReadyDelivery>chunk(settings.send().chunkSize())
			.reader(reader)
			.writer(writer)
			.listener((StepExecutionListener) writer)
			.interruptionPolicy(new StopBetweenChunks(active))
			.allowStartIfComplete(true)
			.build();
	}

	@Bean
	@StepScope
	DueDeliveries dueDeliveries(Claims claims, CurrentSettings settings, ActiveSends active,
			@Value("#{jobParameters['sendId']}") Long sendId,
			@Value("#{stepExecutionContext['provider']}") Integer provider) {
		return new DueDeliveries(claims, sendId.intValue(), provider, settings.send().chunkSize(),
				active.require(sendId.intValue()).issue().tracksPersons());
	}

	@Bean
	@StepScope
	LaneWriter laneWriter(ActiveSends active, Routes routes, Traffic traffic, TrafficBoard board,
			@Value("#{jobParameters['sendId']}") Long sendId,
			@Value("#{stepExecutionContext['provider']}") Integer provider,
			@Value("#{stepExecutionContext['due']}") Integer due) {
		ActiveSend send = active.require(sendId.intValue());
		return new LaneWriter(routes.of(send.send()), traffic.lane(send, provider), board, due);
	}

	@Bean
	Step settleStep(JobRepository repository, ActiveSends active, Claims claims, CurrentSettings settings,
			Clock clock) {
		return new StepBuilder("settle", repository).tasklet((contribution, context) -> {
			int sendId = sendId(contribution);
			active.require(sendId);
			claims.abandonClaims(sendId);
			claims.expire(sendId, clock.instant().minus(settings.send().deadline()));
			return RepeatStatus.FINISHED;
		}).build();
	}

	private static int sendId(StepContribution contribution) {
		return Math
			.toIntExact(Objects.requireNonNull(contribution.getStepExecution().getJobParameters().getLong(SEND_ID)));
	}

}
