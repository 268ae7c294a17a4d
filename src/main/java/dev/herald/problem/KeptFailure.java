package dev.herald.problem;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Keeps why a job and its steps failed as a {@link KeptSentence}, where Herald knows why,
 * instead of the stack trace that Spring Batch keeps: pages say it in the reader's
 * language. Thread-safe.
 */
public final class KeptFailure implements JobExecutionListener {

	/** Of Spring Batch's columns, in characters. */
	private static final int LONGEST = 2_500;

	private final JobRepository repository;

	public KeptFailure(JobRepository repository) {
		this.repository = repository;
	}

	/** The execution itself is written after this; its steps were written before. */
	@Override
	public void afterJob(JobExecution execution) {
		for (StepExecution step : List.copyOf(execution.getStepExecutions())) {
			sentence(step.getFailureExceptions()).ifPresent((why) -> {
				step.setExitStatus(told(step.getExitStatus(), why));
				this.repository.update(step);
			});
		}
		sentence(execution.getAllFailureExceptions())
			.ifPresent((why) -> execution.setExitStatus(told(execution.getExitStatus(), why)));
	}

	private static ExitStatus told(ExitStatus status, Sentence why) {
		return new ExitStatus(status.getExitCode(), KeptSentence.write(why, LONGEST));
	}

	private static Optional<Sentence> sentence(Collection<Throwable> failures) {
		return problem(failures).map(KeptSentence::of);
	}

	/** What was meant for a person, if anything was: the first, as it was thrown. */
	public static Optional<Problem> problem(Collection<Throwable> failures) {
		for (Throwable failure : failures) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof Problem problem) {
					return Optional.of(problem);
				}
			}
		}
		return Optional.empty();
	}

}
