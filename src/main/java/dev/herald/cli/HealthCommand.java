package dev.herald.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.herald.health.Checkup;
import dev.herald.health.Condition;
import dev.herald.health.Condition.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "health",
		description = "Looks at database, clock, disk, relays, bounce mailboxes, queue and jobs, and says what to do. Exits with 1 where something is bad.",
		footer = { "", "Example:", "  herald health --json" })
final class HealthCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Option(names = "--json", description = "As JSON.")
	private boolean json;

	HealthCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		List<Condition> conditions = this.beans.get(Checkup.class).now();
		if (this.json) {
			this.console.print(Json.of(conditions.stream().map(this::values).toList()));
		}
		else {
			conditions.forEach(this::print);
		}
		return (Checkup.worst(conditions) == Level.BAD) ? Failures.WORK_FAILED : 0;
	}

	private void print(Condition condition) {
		this.console
			.print("%-8s %-10s %s".formatted(lower(condition.level()), lower(condition.area()), condition.what()));
		if (condition.remedy() != null) {
			this.console.print("%-8s %-10s → %s".formatted("", "", condition.remedy()));
		}
	}

	private Map<String, Object> values(Condition condition) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("area", lower(condition.area()));
		values.put("level", lower(condition.level()));
		values.put("what", condition.what().toString());
		values.put("remedy", Objects.toString(condition.remedy(), ""));
		return values;
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
