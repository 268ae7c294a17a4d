package dev.herald.bounce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

import dev.herald.problem.KeptFailure;
import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
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
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Service;

/**
 * Runs the job collect-bounces once for each mailbox, in the calling thread. Thread-safe.
 */
@NeedsBatch
@Service
public class CollectBounces {

	/** The job's parameter that names the mailbox. */
	public static final String MAILBOX = "mailbox";

	private static final Logger logger = LoggerFactory.getLogger(CollectBounces.class);

	private final JobOperator jobOperator;

	private final Job job;

	private final Mailboxes mailboxes;

	private final CollectBouncesValues values;

	CollectBounces(JobOperator jobOperator, Job collectBouncesJob, Mailboxes mailboxes, CollectBouncesValues values) {
		this.jobOperator = jobOperator;
		this.job = collectBouncesJob;
		this.mailboxes = mailboxes;
		this.values = values;
	}

	/** How many mailboxes there are to read. */
	public int mailboxes() {
		return this.mailboxes.all().size();
	}

	/** Between the end of one run and the next, from batch/collect-bounces.yaml. */
	public Duration every() {
		return this.values.every();
	}

	/**
	 * Like {@link #run(BiConsumer)}, for whoever needs the sum alone.
	 */
	public Collected run() {
		return run((mailbox, collected) -> {
		});
	}

	/**
	 * Reads all mailboxes, whatever becomes of one of them.
	 * @param each is told of each that was read, with its name
	 * @return the sum
	 * @throws Problem when there is no mailbox; or after all were tried, naming those
	 * that failed
	 */
	public Collected run(BiConsumer<String, Collected> each) {
		if (!this.mailboxes.present()) {
			throw Problem.usage(
					"There is no mailbox to collect bounces from: set %s.main.host, and protocol (imap, imaps, pop3 or pop3s), username and password beside it. The name main is yours to choose."
						.formatted(Mailboxes.PREFIX));
		}
		Collected sum = Collected.NOTHING;
		List<Problem> failures = new ArrayList<>();
		for (MailboxSettings mailbox : this.mailboxes.all()) {
			try {
				Collected collected = collect(mailbox);
				each.accept(mailbox.name(), collected);
				sum = sum.plus(collected);
			}
			catch (Problem problem) {
				failures.add(problem);
			}
		}
		if (!failures.isEmpty()) {
			throw together(failures);
		}
		return sum;
	}

	private static Problem together(List<Problem> failures) {
		return (failures.size() == 1) ? failures.get(0)
				: Problem.work(Sentence.join("bounce.and", failures.stream().map(KeptSentence::of).toList()));
	}

	private Collected collect(MailboxSettings mailbox) {
		JobExecution execution = start(mailbox);
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			throw failure(mailbox, execution);
		}
		StepExecution step = execution.getStepExecutions().iterator().next();
		ExecutionContext counts = step.getExecutionContext();
		return new Collected((int) step.getReadCount(), counts.getInt(BounceWriter.BOUNCES, 0),
				counts.getInt(BounceWriter.SUPPRESSED, 0), counts.getInt(BounceWriter.UNSUBSCRIBED, 0),
				counts.getInt(BounceWriter.LEFT, 0));
	}

	private JobExecution start(MailboxSettings mailbox) {
		try {
			return this.jobOperator.start(this.job,
					new JobParametersBuilder().addString(MAILBOX, mailbox.name())
						.addString("run", UUID.randomUUID().toString())
						.toJobParameters());
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("A run of its own can't have run before", ex);
		}
	}

	private static Problem failure(MailboxSettings mailbox, JobExecution execution) {
		Optional<Problem> known = KeptFailure.problem(execution.getAllFailureExceptions());
		if (known.isPresent()) {
			return known.get();
		}
		execution.getAllFailureExceptions()
			.forEach((failure) -> logger.error("collect-bounces, execution {}", execution.getId(), failure));
		return Problem
			.work(Sentence.of("bounce.ended", execution.getId(), mailbox.name(), execution.getStatus().name()));
	}

	/**
	 * @param bounces recorded as new
	 * @param suppressed addresses suppressed by them
	 * @param unsubscribed mails that readers left by
	 * @param left mails that were not understood or could not be recorded, for a person
	 */
	public record Collected(int read, int bounces, int suppressed, int unsubscribed, int left) {

		static final Collected NOTHING = new Collected(0, 0, 0, 0, 0);

		Collected plus(Collected other) {
			return new Collected(this.read + other.read, this.bounces + other.bounces,
					this.suppressed + other.suppressed, this.unsubscribed + other.unsubscribed, this.left + other.left);
		}

	}

}
