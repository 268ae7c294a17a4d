package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendStatus;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "pause",
		description = { "Holds a send, whichever process delivers it.",
				"No further mail is begun; what the relay is being given at this moment ends and is recorded." },
		footer = { "", "Example:", "  herald issue pause 2026-11-24" })
final class IssuePause implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	IssuePause(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Issue found = this.issue.find(this.beans);
		Send send = Decided.require(this.beans, found);
		if (send.status() == SendStatus.HELD) {
			this.console.print("Send %d is held already: %s".formatted(send.id(), SendLook.inEnglish(send)));
			return 0;
		}
		if (!this.beans.get(SendDecisions.class).pause(send.id(), Decided.who())) {
			throw Problem
				.work("Not paused: send %d has just ended. See: issue status %s".formatted(send.id(), found.slug()));
		}
		this.console.print("Paused send %d. To go on with it: issue resume %s".formatted(send.id(), found.slug()));
		return 0;
	}

}
