package dev.herald.cli;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.audit.Actor;
import dev.herald.audit.AuditTrail;
import dev.herald.audit.AuditTrail.Entry;
import dev.herald.audit.AuditTrail.Field;
import dev.herald.audit.AuditTrail.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Lists what people changed, newest first: when, who, what, before and after.",
		footer = { "", "Example:", "  herald audit --who ann@example.org --day 2026-11-24" })
final class AuditCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Option(names = "--who", defaultValue = "", paramLabel = "NAME", description = "Whose name begins so.")
	private String who = "";

	@Option(names = "--what", defaultValue = "", paramLabel = "ACTION", description = "Such as newsletter.changed.")
	private String what = "";

	@Option(names = "--day", paramLabel = "DATE", description = "Of that day alone, such as 2026-11-24.")
	private @Nullable LocalDate day;

	@Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "At most so many; default: 50.")
	private int limit = 50;

	AuditCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		List<Entry> entries = this.beans.get(AuditTrail.class).page(query(), Long.MAX_VALUE, Math.max(1, this.limit));
		entries.forEach(this::print);
		if (entries.isEmpty()) {
			this.console.print("Nothing like that is on record.");
		}
		return 0;
	}

	private Query query() {
		Query query = Query.ALL.by(this.who).of(this.what.toLowerCase(Locale.ROOT));
		LocalDate date = this.day;
		ZoneId zone = ZoneId.systemDefault();
		return (date == null) ? query
				: query.within(date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
	}

	private void print(Entry entry) {
		this.console.print("%s  %s  %s  %s".formatted(entry.at(), who(entry.actor()), entry.action(), entry.subject()));
		for (Field field : entry.fields()) {
			this.console.print("    %s: %s".formatted(field.name(), (field.was() == null) ? shown(field.became())
					: shown(field.was()) + " → " + shown(field.became())));
		}
	}

	private static String who(Actor actor) {
		return switch (actor.kind()) {
			case ACCOUNT -> actor.name();
			case TOKEN -> actor.name() + " (token)";
			case COMMAND_LINE -> actor.name() + " on the command line";
			case VISITOR -> "somebody at " + actor.name();
			case HERALD -> "Herald";
		};
	}

	private static String shown(@Nullable String value) {
		return (value != null) ? value : "–";
	}

}
