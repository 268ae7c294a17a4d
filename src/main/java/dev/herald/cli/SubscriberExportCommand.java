package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.segment.SegmentSql;
import dev.herald.segment.SegmentSqls;
import dev.herald.subscriber.SubscriberExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "export",
		description = { "Writes all subscriptions of a newsletter to standard output, in UTF-8.",
				"With states, suppressions and attributes: an import reads them back without a difference." },
		footer = { "", "Example:", "  herald subscriber export --newsletter ai-weekly > readers.csv" })
final class SubscriberExportCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Option(names = "--newsletter", required = true, paramLabel = "KEY", description = "The newsletter.")
	private String newsletter = "";

	@Option(names = "--format", paramLabel = "FORMAT",
			description = "csv, or jsonl: one JSON object a line; default: csv.")
	private Format format = Format.CSV;

	@Option(names = "--segment", paramLabel = "KEY",
			description = "Only whom the conditions of this segment hold of, active or not; default: all.")
	private @Nullable String segment;

	SubscriberExportCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	private enum Format {

		CSV, JSONL

	}

	@Override
	public Integer call() {
		Newsletter chosen = this.beans.get(Newsletters.class).require(this.newsletter);
		SubscriberExport export = this.beans.get(SubscriberExport.class);
		SegmentSql part = (this.segment != null) ? this.beans.get(SegmentSqls.class).require(chosen, this.segment)
				: null;
		switch (this.format) {
			case CSV -> export.run(chosen, part, this.console.out());
			case JSONL -> export.runJson(chosen, part, this.console.out());
		}
		// A PrintWriter keeps its errors to itself: a full disk must not look like a
		// short list.
		if (this.console.out().checkError()) {
			throw Problem.work("The export could not be written to its end: is the disk full, or the pipe closed?");
		}
		return 0;
	}

}
