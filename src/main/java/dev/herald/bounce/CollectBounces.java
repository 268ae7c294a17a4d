package dev.herald.bounce;

import java.time.Duration;
import java.util.UUID;

import dev.herald.problem.Problem;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Service;

/** Runs the job collect-bounces once, in the calling thread. Thread-safe. */
@NeedsBatch
@Service
public class CollectBounces {

	private static final Logger logger = LoggerFactory.getLogger(CollectBounces.class);

	private final JobOperator jobOperator;

	private final Job job;

	private final MailboxSettings settings;

	private final CollectBouncesValues values;

	CollectBounces(JobOperator jobOperator, Job collectBouncesJob, MailboxSettings settings,
			CollectBouncesValues values) {
		this.jobOperator = jobOperator;
		this.job = collectBouncesJob;
		this.settings = settings;
		this.values = values;
	}

	/** Whether there is a mailbox to read. */
	public boolean configured() {
		return this.settings.configured();
	}

	/** Between the end of one run and the next, from batch/collect-bounces.yaml. */
	public Duration every() {
		return this.values.every();
	}

	/**
	 * @throws Problem when no mailbox is set or it can't be read
	 */
	public Collected run() {
		if (!configured()) {
			throw Problem.usage(
					"There is no mailbox to collect bounces from: set herald.bounce.mailbox.host, and protocol (imap, imaps, pop3 or pop3s), username and password beside it.");
		}
		JobExecution execution = start();
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			throw failure(execution);
		}
		StepExecution step = execution.getStepExecutions().iterator().next();
		return new Collected((int) step.getReadCount(), step.getExecutionContext().getInt(BounceWriter.BOUNCES, 0),
				step.getExecutionContext().getInt(BounceWriter.SUPPRESSED, 0),
				step.getExecutionContext().getInt(BounceWriter.UNSUBSCRIBED, 0),
				step.getExecutionContext().getInt(BounceWriter.LEFT, 0));
	}

	private JobExecution start() {
		try {
			return this.jobOperator.start(this.job,
					new JobParametersBuilder().addString("run", UUID.randomUUID().toString()).toJobParameters());
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("A run of its own can't have run before", ex);
		}
	}

	private static Problem failure(JobExecution execution) {
		for (Throwable failure : execution.getAllFailureExceptions()) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof Problem problem) {
					return problem;
				}
			}
		}
		execution.getAllFailureExceptions()
			.forEach((failure) -> logger.error("collect-bounces, execution {}", execution.getId(), failure));
		return Problem.work(
				"The job collect-bounces (execution %d) ended as %s. Nothing is lost: the mails that it had not recorded are still in the mailbox. The log has the reason."
					.formatted(execution.getId(), execution.getStatus()));
	}

	/**
	 * @param bounces recorded as new
	 * @param suppressed addresses suppressed by them
	 * @param unsubscribed mails that readers left by
	 * @param left mails that were not understood and stay in the mailbox
	 */
	public record Collected(int read, int bounces, int suppressed, int unsubscribed, int left) {
	}

}
