package dev.herald.cli;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "send",
		description = { "Sends an issue to all active subscribers.",
				"A send of it that was interrupted goes on where it was, and nobody gets it twice." },
		footer = { "", "Example:", "  herald issue send 2026-11-24 --newsletter ai-weekly --wait" })
final class IssueSend implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--wait", description = "Deliver it here and now, show the progress, and end with the report.")
	private boolean wait;

	IssueSend(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		// A fault in batch/send-issue.yaml shows here, before anything is asked for.
		this.beans.get(SendRunner.class);
		Issue found = this.issue.find(this.beans);
		Sends sends = this.beans.get(Sends.class);
		Optional<Send> open = sends.unfinished().stream().filter((send) -> send.issueId() == found.id()).findFirst();
		Send send = open.orElseGet(() -> sends.schedule(found, this.beans.get(Clock.class).instant(),
				ZoneId.systemDefault(), "command line"));
		if (open.isPresent()) {
			this.console.say("A send of %s is %s already (asked for by %s); this goes on with it."
				.formatted(found.slug(), send.status().inWords(), send.requestedBy()));
		}
		SendHere here = new SendHere(this.console, this.beans, found);
		if (this.wait) {
			return here.deliver(send.id());
		}
		return leaveToServer(sends, send, here);
	}

	private int leaveToServer(Sends sends, Send send, SendHere here) {
		boolean later = send.dueAt().isAfter(this.beans.get(Clock.class).instant());
		if (send.status() == SendStatus.SCHEDULED && later) {
			this.console
				.print("It starts at %s, on a running server. To watch it: issue status.".formatted(send.dueAt()));
			return 0;
		}
		if (send.status() == SendStatus.HELD) {
			sends.release(send.id());
		}
		if (here.ownerAppears(send.id())) {
			this.console
				.print("A running server delivers it: send %d. To watch it: issue status.".formatted(send.id()));
			return 0;
		}
		this.console.say("No server is running on this database, so this command delivers the send itself.");
		return here.deliver(send.id());
	}

}
