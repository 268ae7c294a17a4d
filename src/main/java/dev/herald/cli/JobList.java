package dev.herald.cli;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.bounce.CollectBounces;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

@Command(name = "list", description = "Lists the latest executions of the jobs, newest first.",
		footer = { "", "Example:", "  herald job list --limit 20" })
final class JobList implements Callable<Integer> {

	/** Batch keeps its times in the zone of the process that wrote them. */
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	private final Console console;

	private final Beans beans;

	@Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "At most so many; default: 20.")
	private int limit = 20;

	JobList(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		JobRepository repository = this.beans.get(JobRepository.class);
		List<JobExecution> executions = repository.getJobNames()
			.stream()
			.flatMap((job) -> repository.getJobInstances(job, 0, this.limit).stream())
			.flatMap((instance) -> repository.getJobExecutions(instance).stream())
			.sorted(Comparator.comparingLong(JobExecution::getId).reversed())
			.limit(this.limit)
			.toList();
		this.console
			.print("%6s  %-15s  %-10s  %-19s  %-19s  %s".formatted("id", "job", "status", "start", "end", "about"));
		executions.forEach(
				(execution) -> this.console.print("%6d  %-15s  %-10s  %-19s  %-19s  %s".formatted(execution.getId(),
						execution.getJobInstance().getJobName(), execution.getStatus().name().toLowerCase(Locale.ROOT),
						time(execution.getStartTime()), time(execution.getEndTime()), about(execution))));
		return 0;
	}

	private static String time(@Nullable LocalDateTime time) {
		return (time != null) ? TIME.format(time) : "";
	}

	private String about(JobExecution execution) {
		Long sendId = execution.getJobParameters().getLong("sendId");
		if (sendId == null) {
			return "the bounce mailbox " + execution.getJobParameters().getString(CollectBounces.MAILBOX);
		}
		Issue issue = this.beans.get(Issues.class).byId(this.beans.get(Sends.class).byId(sendId.intValue()).issueId());
		Long round = execution.getJobParameters().getLong("round");
		return "%s/%s, send %d%s".formatted(this.beans.get(Newsletters.class).byId(issue.newsletterId()).key(),
				issue.slug(), sendId, (round != null && round > 0) ? ", round " + round : "");
	}

}
