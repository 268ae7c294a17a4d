package dev.herald.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Counts the deliveries of an issue by ledger state.",
		footer = { "", "Example:", "  herald issue status 2026-11-24 --json" })
final class IssueStatus implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--json", description = "JSON, and nothing else.")
	private boolean json;

	IssueStatus(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Issue found = this.issue.find(this.beans);
		Map<String, Integer> counts = counts(this.beans.get(Ledger.class).counts(found.id()));
		if (this.json) {
			this.console.print(Json.of(counts));
			return 0;
		}
		this.console.print("%s: %s".formatted(found.slug(), found.title()));
		this.console.print(this.beans.get(Sends.class).latest(found.id()).map(IssueStatus::inWords).orElse("not sent"));
		counts.forEach((state, count) -> this.console.print("  %-11s %,9d".formatted(state, count)));
		return 0;
	}

	private static String inWords(Send send) {
		return "send %d: %s%s%s".formatted(send.id(), send.status().inWords(), send.rehearsal() ? ", a rehearsal" : "",
				send.reason().isEmpty() ? "" : " (" + send.reason() + ")");
	}

	/** The keys of the JSON in their fixed order. */
	static Map<String, Integer> counts(DeliveryCounts counts) {
		Map<String, Integer> keys = new LinkedHashMap<>();
		keys.put("recipients", counts.recipients());
		for (DeliveryState state : DeliveryState.values()) {
			keys.put(state.name().toLowerCase(Locale.ROOT), counts.of(state));
		}
		return keys;
	}

}
