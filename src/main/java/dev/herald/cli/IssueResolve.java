package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.delivery.Resends;
import dev.herald.delivery.Selection;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendRunner;
import dev.herald.issue.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "resolve", description = { "Decides on the deliveries that began and of which no answer is known.",
		"Shows the exact addresses first, and asks. Look for them in the relay's log: who is sent it again may get it twice." },
		footer = { "", "Example:", "  herald issue resolve 2026-11-24 --uncertain accept" })
final class IssueResolve implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--uncertain", required = true, paramLabel = "resend|accept",
			description = "Send to them again, or take them for accepted.")
	private Decision decision = Decision.ACCEPT;

	@Option(names = "--current-version",
			description = "With resend: send the issue as it is now, and not the version that they were to get.")
	private boolean currentVersion;

	@Option(names = "--yes", description = "Don't ask.")
	private boolean yes;

	@Option(names = "--wait",
			description = "With resend: deliver it here and now, show the progress, and end with the report.")
	private boolean wait;

	IssueResolve(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		this.beans.get(SendRunner.class);
		Issue found = this.issue.find(this.beans);
		Resends resends = this.beans.get(Resends.class);
		Selection selection = resends.selectUncertain(found);
		if (selection.deliveries() == 0) {
			this.console.print("Nobody: no delivery of %s is uncertain.".formatted(found.slug()));
			return 0;
		}
		return switch (this.decision) {
			case ACCEPT -> accept(resends, selection);
			case RESEND -> resend(resends, selection);
		};
	}

	private int accept(Resends resends, Selection selection) {
		resends.each(selection, (address) -> this.console.print(address.value()));
		this.console.say("%,d uncertain deliveries would count as accepted.".formatted(selection.deliveries()));
		if (!new Confirmation(this.console, this.yes).given("Take them for accepted?")) {
			return Failures.WORK_FAILED;
		}
		this.console.say("%,d deliveries are accepted now.".formatted(resends.accept(selection)));
		return 0;
	}

	private int resend(Resends resends, Selection selection) {
		resends.eachRecipient(selection, (address) -> this.console.print(address.value()));
		this.console
			.say("%,d would get %s again, and whoever got it already gets it twice. Of %,d uncertain deliveries %s."
				.formatted(selection.recipients(), selection.issue().slug(), selection.deliveries(),
						selection.exclusions()));
		if (selection.recipients() > 0 && !new Confirmation(this.console, this.yes).given("Send it to them again?")) {
			return Failures.WORK_FAILED;
		}
		Send send = resends.send(selection, this.currentVersion, Decided.byWhom());
		return new SendHere(this.console, this.beans, selection.issue()).start(send.id(), this.wait);
	}

	/** What may be decided. */
	enum Decision {

		RESEND, ACCEPT

	}

}
