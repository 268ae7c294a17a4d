package dev.herald.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.ImportResult;
import dev.herald.subscriber.SubscriberImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = { "Subscribes the addresses of a CSV file.",
		"It begins with a header line; the columns email and name are read. Good rows go in; bad ones are written "
				+ "to a rejects file with their reasons. Who has unsubscribed stays so." },
		footer = { "", "Example:", "  herald subscriber import readers.csv --newsletter ai-weekly --dry-run" })
final class SubscriberImportCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "FILE.csv", description = "UTF-8.")
	private Path file = Path.of("");

	@Option(names = "--newsletter", required = true, paramLabel = "KEY", description = "The newsletter.")
	private String newsletter = "";

	@Option(names = "--rejects", paramLabel = "FILE", description = "Where bad rows go; default: FILE.rejects.csv.")
	private @Nullable Path rejects;

	@Option(names = "--dry-run", description = "Check and count, and change nothing.")
	private boolean dryRun;

	SubscriberImportCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Path rejectsFile = (this.rejects != null) ? this.rejects : SubscriberImport.rejectsBeside(this.file);
		ImportResult result = this.beans.get(SubscriberImport.class)
			.run(this.file, this.beans.get(Newsletters.class).require(this.newsletter), rejectsFile, this.dryRun);
		tell(result, rejectsFile);
		int taken = result.added() + result.unchanged() + result.keptUnsubscribed();
		return (taken == 0 && result.rejected() > 0) ? Failures.WORK_FAILED : 0;
	}

	private void tell(ImportResult result, Path rejectsFile) {
		if (!result.ignoredColumns().isEmpty()) {
			this.console.say("Not kept, since Herald knows only email, name and zone: "
					+ String.join(", ", result.ignoredColumns()) + ".");
		}
		this.console
			.print("%s %,d added, %,d subscribed already, %,d had unsubscribed and stay so, %,d repeated, %,d rejected."
				.formatted(this.dryRun ? "Dry run, nothing changed:" : "Imported:", result.added(), result.unchanged(),
						result.keptUnsubscribed(), result.duplicates(), result.rejected()));
		for (ImportResult.Rejection rejection : result.firstRejections()) {
			this.console.print("  line %d%s: %s".formatted(rejection.line(),
					rejection.column().isEmpty() ? "" : ", " + rejection.column(), rejection.reason()));
		}
		if (result.rejected() > result.firstRejections().size()) {
			this.console.print("  and %,d more".formatted(result.rejected() - result.firstRejections().size()));
		}
		if (result.rejected() > 0 && !this.dryRun) {
			this.console
				.print("The rejected rows are in %s: mend them there and import that file.".formatted(rejectsFile));
		}
	}

}
