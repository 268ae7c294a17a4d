package dev.herald.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendTraffic;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Counts the deliveries of an issue by ledger state.",
		footer = { "", "Example:", "  herald issue status 2026-11-24 --watch" })
final class IssueStatus implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--json", description = "JSON, and nothing else.")
	private boolean json;

	@Option(names = "--watch",
			description = "Show how its latest send comes on until that ends; with --json, one object a line.")
	private boolean watch;

	IssueStatus(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Issue found = this.issue.find(this.beans);
		Optional<Send> send = this.beans.get(Sends.class).latest(found.id());
		if (!this.json && send.isPresent() && send.get().status().isUnfinished()) {
			Decided.warnOfOlderVersion(this.console, found, send.get());
		}
		if (this.watch && send.isPresent()) {
			new SendWatch(this.console, this.beans, found, this.json).follow(send.get().id());
			return 0;
		}
		DeliveryCounts counts = this.beans.get(Ledger.class).counts(found.id());
		Optional<SendLook> look = send.map((latest) -> new SendLook(found, latest, counts,
				this.beans.get(SendTraffic.class).of(latest.id()), null, this.beans.get(Clock.class).instant()));
		if (this.json) {
			this.console.print(Json.of(json(counts, look)));
		}
		else {
			print(found, counts, look);
		}
		return 0;
	}

	private void print(Issue found, DeliveryCounts counts, Optional<SendLook> look) {
		this.console.print("%s: %s".formatted(found.slug(), found.title()));
		this.console.print(look.map(SendLook::sentence).orElse("not sent"));
		counts(counts).forEach((state, count) -> this.console.print("  %-11s %,9d".formatted(state, count)));
		look.ifPresent((latest) -> latest.providerLines().forEach(this.console::print));
	}

	/** Of the whole issue; what is about its latest send follows. */
	private static Map<String, @Nullable Object> json(DeliveryCounts counts, Optional<SendLook> look) {
		Map<String, @Nullable Object> keys = new LinkedHashMap<>(counts(counts));
		look.ifPresent((latest) -> {
			latest.putSend(keys);
			keys.put("providers", latest.jsonProviders());
		});
		return keys;
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
