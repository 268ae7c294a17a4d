package dev.herald.delivery;

import java.util.List;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs the job send-issue for a send: a new instance each round, or the interrupted one
 * again. Only for the owner of the send.
 */
@NeedsBatch
@Component
class SendRounds {

	private static final Logger logger = LoggerFactory.getLogger(SendRounds.class);

	private final SendStore store;

	private final JobRepository repository;

	private final JobOperator operator;

	private final Job job;

	SendRounds(SendStore store, JobRepository repository, JobOperator operator, @Qualifier("sendIssueJob") Job job) {
		this.store = store;
		this.repository = repository;
		this.operator = operator;
		this.job = job;
	}

	/**
	 * In the calling thread.
	 * @throws Problem in words for people, when the job failed
	 * @throws LedgerUnreachableException when it failed for want of the database
	 */
	void run(int sendId) {
		int round = this.store.round(sendId);
		JobExecution last = this.repository.getLastJobExecution(SendJob.NAME, parameters(sendId, round));
		if (last != null && last.isRunning()) {
			// Its process died without a word: we own the send, so nobody else works on
			// it.
			this.operator.recover(last);
		}
		else if (last != null && last.getStatus() == BatchStatus.COMPLETED) {
			round++;
			this.store.setRound(sendId, round);
		}
		JobExecution execution = start(parameters(sendId, round));
		if (execution.getStatus() == BatchStatus.FAILED) {
			report(execution);
		}
	}

	private static JobParameters parameters(int sendId, int round) {
		return new JobParametersBuilder().addLong(SendJob.SEND_ID, (long) sendId)
			.addLong(SendJob.ROUND, (long) round)
			.toJobParameters();
	}

	private JobExecution start(JobParameters parameters) {
		try {
			return this.operator.start(this.job, parameters);
		}
		catch (JobExecutionException ex) {
			throw new Problem(Problem.Kind.WORK,
					Sentence.of("delivery.hold.job-start", String.valueOf(ex.getMessage())), ex);
		}
	}

	private static void report(JobExecution execution) {
		List<Throwable> failures = execution.getAllFailureExceptions();
		for (Throwable failure : failures) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof Problem problem) {
					throw problem;
				}
				if (cause instanceof DataAccessException || cause instanceof TransactionException) {
					throw new LedgerUnreachableException(cause);
				}
			}
		}
		// Batch's own logging of it is off, since it prints a stack trace for every
		// Problem too.
		failures.forEach((failure) -> logger.error("Execution {} of send-issue failed", execution.getId(), failure));
		Throwable root = failures.isEmpty() ? null : failures.get(0);
		while (root != null && root.getCause() != null) {
			root = root.getCause();
		}
		throw Problem.work(Sentence.of("delivery.hold.job-failed", execution.getId(),
				(root != null) ? root.toString() : execution.getExitStatus().getExitDescription()));
	}

}
