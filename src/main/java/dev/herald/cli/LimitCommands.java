package dev.herald.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.herald.delivery.Limit;
import dev.herald.delivery.LimitChange;
import dev.herald.delivery.Limits;
import dev.herald.settings.Origin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "limits", description = "What bounds how mail leaves: what counts now, and where it comes from.",
		footer = { "", "Example:", "  herald limits", "  herald limits set rate 20/s", "  herald limits reset rate" })
final class LimitCommands implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Option(names = "--json", description = "As JSON.")
	private boolean json;

	LimitCommands(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		List<Limit> limits = this.beans.get(Limits.class).all();
		if (this.json) {
			this.console.print(Json.of(limits.stream().map(LimitCommands::values).toList()));
		}
		else {
			limits.forEach((limit) -> this.console.print(line(limit)));
		}
		return 0;
	}

	private static String line(Limit limit) {
		String value = limit.value().isEmpty() ? "none" : limit.value();
		String unfit = (limit.unfit() == null) ? "" : "; a change to %s does not count: %s"
			.formatted((limit.change() != null) ? limit.change().value() : "", limit.unfit());
		return "%-44s %-16s %s%s".formatted(limit.name(), value, source(limit), unfit);
	}

	private static String source(Limit limit) {
		LimitChange change = limit.change();
		boolean counts = limit.origin().kind() == Origin.Kind.RUN_TIME;
		return (counts && change != null) ? "changed by %s, %s; the files say %s".formatted(change.by(), change.at(),
				limit.written().isEmpty() ? "none" : limit.written()) : words(limit.origin());
	}

	private static Map<String, @Nullable Object> values(Limit limit) {
		LimitChange change = limit.change();
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("name", limit.name());
		values.put("value", limit.value());
		values.put("origin", words(limit.origin()));
		values.put("written", limit.written());
		values.put("changeable", limit.changeable());
		values.put("changedBy", (change != null) ? change.by() : null);
		values.put("changedAt", (change != null) ? change.at() : null);
		values.put("unfit", Objects.toString(limit.unfit(), ""));
		return values;
	}

	private static String words(Origin origin) {
		return (origin.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + origin.detail()).strip();
	}

	/** What somebody decides about one limit, and what it is then. */
	abstract static class Decision implements Callable<Integer> {

		private final Console console;

		private final Beans beans;

		@Parameters(index = "0", paramLabel = "KEY", description = "As herald limits names it.")
		private String key = "";

		Decision(Console console, Beans beans) {
			this.console = console;
			this.beans = beans;
		}

		@Override
		public Integer call() {
			this.beans.withBatch();
			this.console.print(decide(this.beans.get(Limits.class), this.key));
			return 0;
		}

		/** To say of it. */
		abstract String decide(Limits limits, String key);

	}

	@Command(name = "set", description = "Changes a limit from now on, in every process.",
			footer = { "", "Example:", "  herald limits set relays.main.rate 20/s" })
	static final class Set extends Decision {

		@Parameters(index = "1", paramLabel = "VALUE", description = "As in the file; '' for no limit.")
		private String value = "";

		Set(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String decide(Limits limits, String key) {
			limits.change(key, this.value, Decided.byWhom());
			return line(limits.require(key));
		}

	}

	@Command(name = "reset", description = "Lets the value of the files count again, in every process.",
			footer = { "", "Example:", "  herald limits reset relays.main.rate" })
	static final class Reset extends Decision {

		Reset(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String decide(Limits limits, String key) {
			limits.restore(key);
			return "%s: the value of the files counts again.".formatted(key);
		}

	}

}
