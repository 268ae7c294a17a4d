package dev.herald.retention;

import java.util.UUID;
import java.util.function.IntSupplier;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.herald.problem.KeptFailure;
import dev.herald.problem.Problem;
import dev.herald.settings.NeedsBatch;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job, a step for each kind of thing, and its place on the schedule; of several
 * servers one runs it at a time. What a step deleted is its write count.
 */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class PurgeJob {

	static final String NAME = "purge";

	@Bean
	Job purgeBatchJob(JobRepository repository, Purge purge) {
		return new JobBuilder(NAME, repository).listener(new KeptFailure(repository))
			.start(step("tracking", repository, purge::tracking))
			.next(step("unconfirmed", repository, purge::unconfirmed))
			.next(step("requests", repository, purge::requests))
			.next(step("erased", repository, purge::erased))
			.build();
	}

	private static Step step(String name, JobRepository repository, IntSupplier work) {
		return new StepBuilder(name, repository).tasklet((contribution, context) -> {
			contribution.incrementWriteCount(work.getAsInt());
			return RepeatStatus.FINISHED;
		}).build();
	}

	@Bean
	Task<Void> purgeSchedule(JobOperator operator, @Qualifier("purgeBatchJob") Job job, PurgeValues values) {
		return Tasks.recurring(NAME, FixedDelay.of(values.every())).execute((instance, context) -> run(operator, job));
	}

	private static void run(JobOperator operator, Job job) {
		JobExecution execution = start(operator, job);
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			throw Problem.work("The job purge (execution %d) ended as %s. It goes on where it was at its next turn."
				.formatted(execution.getId(), execution.getStatus()));
		}
	}

	static JobExecution start(JobOperator operator, Job job) {
		try {
			return operator.start(job,
					new JobParametersBuilder().addString("run", UUID.randomUUID().toString()).toJobParameters());
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("A run of its own can't have run before", ex);
		}
	}

}
