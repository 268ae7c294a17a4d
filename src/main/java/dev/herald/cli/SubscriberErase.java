package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.address.EmailAddress;
import dev.herald.person.Erasure;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.Subscriptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "erase",
		description = { "Erases a person: address, name, opens and clicks, words of bounces. It can't be undone.",
				"Rows of the ledger stay and count, and name nobody. No import brings the address back." },
		footer = { "", "Example:", "  herald subscriber erase ann@example.org" })
final class SubscriberErase implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "ADDRESS", description = "The address.")
	private String address = "";

	@Option(names = "--yes", description = "Don't ask.")
	private boolean yes;

	SubscriberErase(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		EmailAddress wanted = EmailAddress.parse(this.address);
		Subscriber subscriber = this.beans.get(Subscriptions.class)
			.find(wanted)
			.orElseThrow(() -> Problem.work("%s is no subscriber's address.".formatted(wanted.value())));
		String question = "Erase %s for good?".formatted(wanted.value());
		if (!new Confirmation(this.console, this.yes).given(question)) {
			return 1;
		}
		if (!this.beans.get(Erasure.class).erase(subscriber.id())) {
			throw Problem.work("Nothing was changed: %s was erased meanwhile.".formatted(wanted.value()));
		}
		this.console.print("Erased. Backups, exported files and the logs of relays are not reached.");
		return 0;
	}

}
