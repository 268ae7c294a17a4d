package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendStatus;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "resume",
		description = { "Goes on with a send that is paused or held: this is the decision that it waits for.",
				"A running server delivers it; where there is none, this command does." },
		footer = { "", "Example:", "  herald issue resume 2026-11-24" })
final class IssueResume implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--wait", description = "Deliver it here and now, show the progress, and end with the report.")
	private boolean wait;

	IssueResume(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		Issue found = this.issue.find(this.beans);
		Send send = Decided.require(this.beans, found);
		if (send.status() != SendStatus.HELD) {
			this.console.print("Send %d is not held: it is %s.".formatted(send.id(), send.status().inWords()));
			return 0;
		}
		SendDecisions decisions = this.beans.get(SendDecisions.class);
		int expiring = decisions.expiring(send.id());
		if (!decisions.resume(send.id())) {
			throw Problem.work("Not resumed: somebody else has just decided on send %d. See: issue status %s"
				.formatted(send.id(), found.slug()));
		}
		this.console.say("Resumed send %d. It was held: %s".formatted(send.id(), SendLook.inEnglish(send)));
		if (expiring > 0) {
			this.console.say(
					"%,d of its deliveries are past their deadline; they expire and are not sent. To send to those alone afterwards: issue resend %s --state expired"
						.formatted(expiring, found.slug()));
		}
		Decided.warnOfOlderVersion(this.console, found, send);
		return new SendHere(this.console, this.beans, found).start(send.id(), this.wait);
	}

}
