package dev.herald.cli;

import java.util.Objects;
import java.util.concurrent.Callable;

import dev.herald.bounce.CollectBounces;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issues;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.EmptyResultDataAccessException;

@Command(name = "restart", description = "Goes on with an execution that failed or was stopped.",
		footer = { "", "Example:", "  herald job restart 17" })
final class JobRestart implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "ID", description = "Of the execution, as job list shows it.")
	private long id;

	JobRestart(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		JobExecution execution = execution();
		if (execution.getStatus() == BatchStatus.COMPLETED) {
			throw Problem.usage("Execution %d is completed; there is nothing to restart.".formatted(this.id));
		}
		Long sendId = execution.getJobParameters().getLong("sendId");
		return (sendId != null) ? send(sendId.intValue()) : collect();
	}

	private JobExecution execution() {
		try {
			return Objects.requireNonNull(this.beans.get(JobRepository.class).getJobExecution(this.id));
		}
		catch (EmptyResultDataAccessException ex) {
			throw new Problem(Problem.Kind.USAGE, "There is no execution %d. See: job list".formatted(this.id), ex);
		}
	}

	/** The send decides: it goes on, is done, or belongs to another process. */
	private int send(int sendId) {
		Send send = this.beans.get(Sends.class).byId(sendId);
		if (!send.status().isUnfinished()) {
			throw Problem
				.usage("Send %d is %s; there is nothing to restart.".formatted(sendId, send.status().inWords()));
		}
		this.beans.get(SendDecisions.class).resume(sendId);
		return new SendHere(this.console, this.beans, this.beans.get(Issues.class).byId(send.issueId())).start(sendId,
				true);
	}

	private int collect() {
		BounceCollect.run(this.console, this.beans.get(CollectBounces.class));
		return 0;
	}

}
