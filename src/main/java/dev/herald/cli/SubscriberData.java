package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.address.EmailAddress;
import dev.herald.person.KeptData;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Subscriptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "data",
		description = { "All that is kept about a person, as JSON: for whoever asks for a copy.",
				"Leaves an entry in the audit log." },
		footer = { "", "Example:", "  herald subscriber data ann@example.org > ann.json" })
final class SubscriberData implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "ADDRESS", description = "The address.")
	private String address = "";

	SubscriberData(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		EmailAddress wanted = EmailAddress.parse(this.address);
		this.console.print(Json.of(this.beans.get(Subscriptions.class)
			.find(wanted)
			.flatMap((subscriber) -> this.beans.get(KeptData.class).copyOf(subscriber.id()))
			.orElseThrow(() -> Problem.work("%s is no subscriber's address.".formatted(wanted.value())))));
		return 0;
	}

}
