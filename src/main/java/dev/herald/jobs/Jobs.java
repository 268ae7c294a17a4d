package dev.herald.jobs;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.bounce.CollectBounces;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import dev.herald.settings.NeedsBatch;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the jobs did, and going on with one that failed. A send is gone on with by its own
 * decision alone, never by running its job again: the engine knows what was sent.
 * Thread-safe.
 */
@NeedsBatch
@Component
public class Jobs {

	/** Of a task of the same name that comes again; an import goes on by its own page. */
	private static final Set<String> RECURRING = Set.of("collect-bounces", "purge");

	private static final int LONGEST_FAILURE = 500;

	private static final Pattern PROBLEM = Pattern.compile(Pattern.quote(Problem.class.getName()) + ": (.*)");

	private final JobRepository repository;

	private final Sends sends;

	private final SendDecisions decisions;

	private final JdbcClient jdbc;

	private final DataSource dataSource;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Jobs(JobRepository repository, Sends sends, SendDecisions decisions, JdbcClient jdbc, DataSource dataSource,
			TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.sends = sends;
		this.decisions = decisions;
		this.jdbc = jdbc;
		this.dataSource = dataSource;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/** The newest first. */
	public List<Execution> latest(int limit) {
		return this.repository.getJobNames()
			.stream()
			.flatMap((job) -> latest(job, limit).stream())
			.sorted(Comparator.comparingLong(Execution::id).reversed())
			.limit(limit)
			.toList();
	}

	/** Of one job, the newest first. */
	public List<Execution> latest(String job, int limit) {
		return this.repository.getJobInstances(job, 0, limit)
			.stream()
			.flatMap((instance) -> this.repository.getJobExecutions(instance).stream())
			.sorted(Comparator.comparingLong(JobExecution::getId).reversed())
			.limit(limit)
			.map(this::execution)
			.toList();
	}

	/**
	 * @throws Problem when there is none
	 */
	public Execution require(long id) {
		return execution(found(id));
	}

	private JobExecution found(long id) {
		try {
			return Objects.requireNonNull(this.repository.getJobExecution(id));
		}
		catch (EmptyResultDataAccessException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("jobs.no-execution", id), ex);
		}
	}

	private Execution execution(JobExecution execution) {
		List<Execution.Step> steps = execution.getStepExecutions()
			.stream()
			.sorted(Comparator.comparingLong(StepExecution::getId))
			.map(Jobs::step)
			.toList();
		Long send = execution.getJobParameters().getLong("sendId");
		Long round = execution.getJobParameters().getLong("round");
		String mailbox = execution.getJobParameters().getString(CollectBounces.MAILBOX);
		Sentence own = failure(execution.getExitStatus());
		Sentence failure = (own != null) ? own
				: steps.stream().map(Execution.Step::failure).filter(Objects::nonNull).findFirst().orElse(null);
		return new Execution(execution.getId(), execution.getJobInstance().getJobName(), execution.getStatus().name(),
				instant(execution.getStartTime()), instant(execution.getEndTime()),
				(send != null) ? send.intValue() : 0, (round != null) ? round.intValue() : 0,
				(mailbox != null) ? mailbox : "", steps, failure, restartable(execution, send));
	}

	private static Execution.Step step(StepExecution step) {
		return new Execution.Step(step.getStepName(), step.getStatus().name(), instant(step.getStartTime()),
				instant(step.getEndTime()), step.getReadCount(), step.getWriteCount(), failure(step.getExitStatus()));
	}

	/** Batch keeps its times in the zone of the process that wrote them. */
	private static @Nullable Instant instant(@Nullable LocalDateTime time) {
		return (time != null) ? time.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

	private static @Nullable Sentence failure(ExitStatus status) {
		String told = status.getExitDescription();
		Sentence known = KeptSentence.read(told).orElseGet(() -> KeptSentence.said(line(told)));
		return known.toString().isEmpty() ? null : known;
	}

	/**
	 * What an exception says, without its class and where it was thrown: what was meant
	 * for a person, if anything was.
	 */
	private static String line(String trace) {
		Matcher problem = PROBLEM.matcher(trace);
		String first = problem.find() ? problem.group(1)
				: trace.lines().findFirst().orElse("").strip().replaceFirst("^[\\w.$]+(?:Exception|Error): ", "");
		return (first.length() <= LONGEST_FAILURE) ? first : first.substring(0, LONGEST_FAILURE - 1) + "…";
	}

	private boolean restartable(JobExecution execution, @Nullable Long send) {
		return switch (execution.getStatus()) {
			case FAILED, STOPPED, UNKNOWN, STARTED, STARTING, STOPPING ->
				(send != null) ? isHeld(send.intValue()) : RECURRING.contains(execution.getJobInstance().getJobName())
						&& execution.getStatus().isUnsuccessful();
			case COMPLETED, ABANDONED -> false;
		};
	}

	/** A send that is not held goes on by itself, or is over. */
	private boolean isHeld(int sendId) {
		return this.sends.unfinished()
			.stream()
			.anyMatch((send) -> send.id() == sendId && send.status() == SendStatus.HELD);
	}

	/**
	 * Goes on with what failed or was stopped: a held send is resumed, as a person may
	 * resume it on its page; a job that comes again and again has its next turn at once.
	 * A server does the work.
	 * @throws Problem when there is nothing to restart
	 */
	public void restart(long id) {
		JobExecution execution = found(id);
		Execution shown = execution(execution);
		if (!shown.restartable()) {
			throw Problem.usage(
					(shown.sendId() > 0) ? Sentence.of("jobs.send-decides", id, shown.sendId(), status(shown.sendId()))
							: Sentence.of("jobs.nothing-to-restart", id, shown.status()));
		}
		this.transactions.executeWithoutResult((transaction) -> {
			this.events.publishEvent(Change.of(Action.JOB_RESTARTED, "%s %d".formatted(shown.job(), id)));
			if (shown.sendId() > 0) {
				this.decisions.resumeUnlessUndone(shown.sendId());
			}
		});
		if (shown.sendId() == 0) {
			bringForward(shown.job());
		}
	}

	private Sentence status(int sendId) {
		return this.sends.byId(sendId).status().inWords();
	}

	private void bringForward(String job) {
		SchedulerClient client = SchedulerClient.Builder.create(this.dataSource)
			.jdbcCustomization(new AutodetectJdbcCustomization(this.dataSource, true))
			.build();
		try {
			client.reschedule(TaskInstanceId.of(job, RecurringTask.INSTANCE), this.clock.instant());
		}
		catch (TaskInstanceCurrentlyExecutingException ex) {
			// That is what was asked for.
		}
	}

	/** What servers will do next, soonest first. */
	public List<ScheduledTask> schedule(int limit) {
		return this.jdbc.sql("""
				SELECT task_name, task_instance, execution_time, picked_by, last_success, last_failure,
				       consecutive_failures
				FROM scheduled_tasks ORDER BY execution_time LIMIT ?
				""")
			.param(limit)
			.query((row, n) -> new ScheduledTask(row.getString("task_name"), row.getString("task_instance"),
					Utc.read(row, "execution_time"), Objects.requireNonNullElse(row.getString("picked_by"), ""),
					Utc.readNullable(row, "last_success"), Utc.readNullable(row, "last_failure"),
					row.getInt("consecutive_failures")))
			.list();
	}

}
