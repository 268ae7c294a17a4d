package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "recipients", description = "Lists the addresses in one ledger state, one a line.",
		footer = { "", "Example:", "  herald issue recipients 2026-11-24 --state uncertain" })
final class IssueRecipients implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--state", required = true, description = "One of ${COMPLETION-CANDIDATES}, in any case.")
	private DeliveryState state = DeliveryState.UNCERTAIN;

	IssueRecipients(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.get(Ledger.class)
			.each(this.issue.find(this.beans).id(), this.state, (row) -> this.console.print(row.address().value()));
		return 0;
	}

}
