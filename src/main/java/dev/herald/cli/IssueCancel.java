package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "cancel",
		description = { "Ends a send for good, whichever process delivers it.",
				"Who has the issue keeps it; the rest can be sent to later by: issue resend --state cancelled." },
		footer = { "", "Example:", "  herald issue cancel 2026-11-24" })
final class IssueCancel implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	IssueCancel(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Issue found = this.issue.find(this.beans);
		Send send = Decided.require(this.beans, found);
		if (!this.beans.get(SendDecisions.class).cancel(send.id(), Decided.who())) {
			throw Problem
				.work("Not cancelled: send %d has just ended. See: issue status %s".formatted(send.id(), found.slug()));
		}
		DeliveryCounts counts = this.beans.get(Ledger.class).countsOfSend(send.id());
		this.console.print("Cancelled send %d: %,d accepted before, %,d not tried any more.".formatted(send.id(),
				counts.of(DeliveryState.ACCEPTED), counts.of(DeliveryState.CANCELLED)));
		if (counts.of(DeliveryState.CANCELLED) > 0) {
			this.console.say("To send to those alone later: issue resend %s --state cancelled".formatted(found.slug()));
		}
		return 0;
	}

}
