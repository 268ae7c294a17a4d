package dev.herald.subscriber;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.NeedsBatch;
import org.jspecify.annotations.Nullable;
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
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Runs the job import-subscribers: a new instance for a list that was imported whole
 * before, or the one that was broken off. Thread-safe.
 */
@NeedsBatch
@Component
class ImportJob {

	static final String NAME = "import-subscribers";

	private static final String IMPORT = "import";

	private static final String RUN = "run";

	private static final String OWNER = "owner";

	/** Another import that writes the same rows is waited out so often. */
	private static final int TRIES = 5;

	/** A chunk takes a tenth of a second. */
	private static final Duration SILENCE = Duration.ofMinutes(1);

	/** From which Batch goes on by itself, or which are done. */
	private static final Set<BatchStatus> ENDS = EnumSet.of(BatchStatus.COMPLETED, BatchStatus.STOPPED,
			BatchStatus.FAILED);

	private static final Logger logger = LoggerFactory.getLogger(ImportJob.class);

	private final JobRepository repository;

	private final JobOperator operator;

	private final Set<String> active = ConcurrentHashMap.newKeySet();

	ImportJob(JobRepository repository, JobOperator operator) {
		this.repository = repository;
		this.operator = operator;
	}

	/**
	 * In the calling thread.
	 * @param id of the import
	 * @return COMPLETED, or STOPPED
	 * @throws Problem in words for people, when it failed or is under way already
	 */
	JobExecution run(String id, Job job) {
		if (!this.active.add(id)) {
			throw Problem.usage(Sentence.of("subscriber.import-runs"));
		}
		try {
			return tryOften(id, job);
		}
		finally {
			this.active.remove(id);
		}
	}

	JobRepository repository() {
		return this.repository;
	}

	private JobExecution tryOften(String id, Job job) {
		for (int tries = 1;; tries++) {
			try {
				JobExecution execution = start(id, job);
				if (execution.getStatus() != BatchStatus.FAILED) {
					return execution;
				}
				report(execution);
			}
			catch (TransientDataAccessException ex) {
				if (tries == TRIES) {
					throw ex;
				}
				logger.info("The import {} is gone on with: {}", id, ex.toString());
			}
		}
	}

	private JobExecution start(String id, Job job) {
		try {
			return this.operator.start(job, parameters(id, nextRun(id)));
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("The job " + NAME + " could not be started", ex);
		}
	}

	/** The run that is not over, or a new one. */
	private long nextRun(String id) {
		for (long run = 1;; run++) {
			JobExecution last = last(id, run);
			if (last == null) {
				return run;
			}
			if (last.getStatus() != BatchStatus.COMPLETED) {
				if (last.isRunning()) {
					requireDead(last);
				}
				settle(last);
				return run;
			}
		}
	}

	/**
	 * Batch does not go on with what it does not know the end of. We do: rows and
	 * position are of one transaction, so whichever was committed, they agree.
	 */
	private void settle(JobExecution execution) {
		execution.getStepExecutions().stream().filter((step) -> !ENDS.contains(step.getStatus())).forEach((step) -> {
			step.setStatus(BatchStatus.FAILED);
			step.setEndTime(now());
			this.repository.update(step);
		});
		if (!ENDS.contains(execution.getStatus())) {
			execution.setStatus(BatchStatus.FAILED);
			execution.setEndTime(now());
			this.repository.update(execution);
		}
	}

	private @Nullable JobExecution last(String id, long run) {
		return this.repository.getLastJobExecution(NAME, parameters(id, run));
	}

	private static JobParameters parameters(String id, long run) {
		return new JobParametersBuilder().addString(IMPORT, id)
			.addLong(RUN, run)
			.addString(OWNER, owner(), false)
			.toJobParameters();
	}

	/**
	 * A process that was killed says nothing; nobody is to work beside one that lives.
	 */
	private static void requireDead(JobExecution execution) {
		String owner = Objects.toString(execution.getJobParameters().getString(OWNER), "");
		boolean gone = owner.equals(owner()) || isDead(owner);
		LocalDateTime silent = now().minus(SILENCE);
		boolean spoke = execution.getStepExecutions()
			.stream()
			.map(StepExecution::getLastUpdated)
			.anyMatch((time) -> time != null && time.isAfter(silent));
		if (!gone && spoke) {
			throw Problem.usage(Sentence.of("subscriber.import-elsewhere", owner));
		}
	}

	/** Batch keeps its times in the zone of the process that wrote them. */
	private static LocalDateTime now() {
		return LocalDateTime.now(ZoneId.systemDefault());
	}

	private static boolean isDead(String owner) {
		int space = owner.lastIndexOf(' ');
		return space > 0 && owner.substring(0, space).equals(host())
				&& ProcessHandle.of(Long.parseLong(owner.substring(space + 1))).isEmpty();
	}

	/** This process, to whom it may concern: its host and its number there. */
	private static String owner() {
		return host() + " " + ProcessHandle.current().pid();
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "this-host";
		}
	}

	private static void report(JobExecution execution) {
		Collection<Throwable> failures = execution.getAllFailureExceptions();
		for (Throwable failure : failures) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof Problem problem) {
					throw problem;
				}
				if (cause instanceof TransientDataAccessException transientFailure) {
					throw transientFailure;
				}
			}
		}
		failures.forEach((failure) -> logger.error("Execution {} of {} failed", execution.getId(), NAME, failure));
		throw Problem.work(Sentence.of("subscriber.import-failed", execution.getId()));
	}

}
