package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.bounce.CollectBounces;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issues;
import dev.herald.jobs.Execution;
import dev.herald.jobs.Jobs;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
		Jobs jobs = this.beans.get(Jobs.class);
		Execution execution = jobs.require(this.id);
		if (execution.status().equals("COMPLETED")) {
			throw Problem.usage("Execution %d is completed; there is nothing to restart.".formatted(this.id));
		}
		return switch (execution.job()) {
			case "send-issue" -> send(execution.sendId());
			case "collect-bounces" -> collect();
			default -> bringForward(jobs);
		};
	}

	/** What has no command of its own. */
	private int bringForward(Jobs jobs) {
		jobs.restart(this.id);
		this.console.print("It has its next turn at once, where a server runs.");
		return 0;
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
