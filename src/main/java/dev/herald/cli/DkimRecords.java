package dev.herald.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.herald.dkim.DkimRecord;
import dev.herald.dkim.DkimSigners;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "record",
		description = { "Prints what has to be in DNS for the keys of herald.dkim.", "Needs no database." },
		footer = { "", "Example:", "  herald dkim record" })
final class DkimRecords implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	DkimRecords(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		List<DkimRecord> records = this.beans.get(DkimSigners.class).records();
		if (records.isEmpty()) {
			throw Problem
				.usage("The setting herald.dkim names no key. 'herald dkim create' makes one and says what to set.");
		}
		this.console.print(records.stream().map(DkimRecords::text).collect(Collectors.joining("\n\n")));
		return 0;
	}

	static String text(DkimRecord record) {
		return """
				name   %s
				value  %s
				or, as a line of a zone file:
				%s""".formatted(record.name(), record.value(), record.zoneLine());
	}

}
