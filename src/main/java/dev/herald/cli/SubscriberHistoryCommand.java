package dev.herald.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.herald.address.EmailAddress;
import dev.herald.report.SubscriberHistory;
import dev.herald.report.SubscriberHistory.Event;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history",
		description = "What happened to an address, oldest first: consent, bounces, complaints, suppressions.",
		footer = { "", "Example:", "  herald subscriber history ann@example.org" })
final class SubscriberHistoryCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "ADDRESS", description = "The address.")
	private String address = "";

	@Option(names = "--json", description = "JSON, and nothing else.")
	private boolean json;

	SubscriberHistoryCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		EmailAddress wanted = EmailAddress.parse(this.address);
		List<Event> events = this.beans.get(SubscriberHistory.class).of(wanted);
		if (this.json) {
			this.console.print(Json.of(events.stream().map(SubscriberHistoryCommand::json).toList()));
		}
		else if (events.isEmpty()) {
			this.console.print("Nothing is on record about %s.".formatted(wanted.value()));
		}
		else {
			events.forEach((event) -> this.console
				.print("%s  %-13s %s".formatted(event.at(), event.what(), event.detail()).stripTrailing()));
		}
		return 0;
	}

	private static Map<String, Object> json(Event event) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("at", event.at());
		keys.put("what", event.what());
		keys.put("detail", event.detail());
		return keys;
	}

}
