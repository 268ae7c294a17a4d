package dev.herald.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.jobs.Execution;
import dev.herald.jobs.Jobs;
import dev.herald.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists the latest executions of the jobs, newest first, and why they failed.",
		footer = { "", "Example:", "  herald job list --limit 20" })
final class JobList implements Callable<Integer> {

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
		List<Execution> executions = this.beans.get(Jobs.class).latest(this.limit);
		this.console
			.print("%6s  %-15s  %-10s  %-19s  %-19s  %s".formatted("id", "job", "status", "start", "end", "about"));
		executions.forEach(this::print);
		return 0;
	}

	private void print(Execution execution) {
		this.console.print(
				"%6d  %-15s  %-10s  %-19s  %-19s  %s"
					.formatted(execution.id(), execution.job(), execution.status().toLowerCase(Locale.ROOT),
							time(execution.started()), time(execution.ended()), about(execution))
					.stripTrailing());
		if (execution.failure() != null) {
			this.console.print("        " + execution.failure());
		}
	}

	/** As Batch keeps them: in the zone of this process. */
	private static String time(@Nullable Instant time) {
		return (time != null) ? TIME.format(time.atZone(ZoneId.systemDefault())) : "";
	}

	private String about(Execution execution) {
		if (execution.sendId() == 0) {
			return execution.mailbox().isEmpty() ? "" : "the bounce mailbox " + execution.mailbox();
		}
		Issue issue = this.beans.get(Issues.class).byId(this.beans.get(Sends.class).byId(execution.sendId()).issueId());
		return "%s/%s, send %d%s".formatted(this.beans.get(Newsletters.class).byId(issue.newsletterId()).key(),
				issue.slug(), execution.sendId(), (execution.round() > 0) ? ", round " + execution.round() : "");
	}

}
