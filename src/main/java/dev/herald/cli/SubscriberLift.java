package dev.herald.cli;

import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Suppressions;
import dev.herald.subscriber.Suppressions.Suppression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "lift",
		description = { "Lifts the suppression of an address: it gets mail again where it subscribes.",
				"A subscription that ended stays ended. The reason stays on record." },
		footer = { "", "Example:", "  herald subscriber lift ann@example.org --reason \"wrote that it works again\"" })
final class SubscriberLift implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "ADDRESS", description = "The address.")
	private String address = "";

	@Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; for whoever asks later.")
	private String reason = "";

	SubscriberLift(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		EmailAddress wanted = EmailAddress.parse(this.address);
		Suppression lifted = this.beans.get(Suppressions.class)
			.lift(wanted, this.reason, Decided.byWhom())
			.orElseThrow(() -> Problem
				.work("Nothing was changed: %s is not suppressed. To see what happened to it: subscriber history %s"
					.formatted(wanted.value(), wanted.value())));
		this.console.print("Lifted the suppression of %s (%s: %s).".formatted(wanted.value(),
				lifted.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '), lifted.evidence()));
		return 0;
	}

}
