package dev.herald.cli;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Dialect;
import dev.herald.subscriber.Everyone;
import dev.herald.subscriber.ImportPlan;
import dev.herald.subscriber.ImportProgress;
import dev.herald.subscriber.ImportResult;
import dev.herald.subscriber.ListField;
import dev.herald.subscriber.ListLook;
import dev.herald.subscriber.Mapping;
import dev.herald.subscriber.Preset;
import dev.herald.subscriber.SubscriberImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = { "Subscribes the people of a list: CSV of any dialect, or JSON Lines.",
		"Exports of listmonk, Mailchimp, Ghost, Substack, phpList and Herald are known by their columns, and so are "
				+ "the states in them: who has unsubscribed, bounced or never confirmed stays so. Other columns are "
				+ "kept as attributes. Good rows go in; bad ones are written to a rejects file with their reasons. "
				+ "Who has unsubscribed here stays so.",
		"Broken off anywhere, the same command goes on where it was, and nobody is added twice." },
		footer = { "", "Example:", "  herald subscriber import readers.csv --newsletter ai-weekly --dry-run",
				"  herald subscriber import left.csv --newsletter ai-weekly --as unsubscribed",
				"  herald subscriber import cn.csv --newsletter ai-weekly --map 联系方式=email --map 城市=attribute:city" })
final class SubscriberImportCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "FILE", description = "The list.")
	private Path file = Path.of("");

	@Option(names = "--newsletter", required = true, paramLabel = "KEY", description = "The newsletter.")
	private String newsletter = "";

	@Option(names = "--rejects", paramLabel = "FILE", description = "Where bad rows go; default: FILE.rejects.csv.")
	private @Nullable Path rejects;

	@Option(names = "--dry-run", description = "Check and count, and change nothing.")
	private boolean dryRun;

	@Option(names = "--from", paramLabel = "PROGRAM",
			description = "Whose export it is: listmonk, mailchimp, ghost, substack, phplist, herald or none; "
					+ "default: by its columns.")
	private @Nullable String from;

	@Option(names = "--map", paramLabel = "COLUMN=FIELD",
			description = "What a column holds: email, name, first-name, last-name, zone, state, since, subscribed, "
					+ "unsubscribed, confirmed, blocked, left-at, bounced-at, attribute:NAME or ignored. "
					+ "May be repeated.")
	private final Map<String, String> map = new LinkedHashMap<>();

	@Option(names = "--as", paramLabel = "STATE",
			description = "All people in the list are at most that: as-written, pending, unsubscribed or bounced; "
					+ "default: as-written.")
	private @Nullable String as;

	@Option(names = "--encoding", paramLabel = "NAME", description = "Such as GB18030; default: found.")
	private @Nullable Charset encoding;

	@Option(names = "--separator", paramLabel = "CHARACTER", description = "Or tab; default: found.")
	private @Nullable String separator;

	SubscriberImportCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		if (!this.dryRun) {
			this.beans.withBatch();
		}
		Path rejectsFile = (this.rejects != null) ? this.rejects : SubscriberImport.rejectsBeside(this.file);
		SubscriberImport imports = this.beans.get(SubscriberImport.class);
		Newsletter chosen = this.beans.get(Newsletters.class).require(this.newsletter);
		ListLook look = imports.look(this.file, String.valueOf(this.file.getFileName()), this.encoding, separator(),
				(this.from != null) ? preset(this.from) : null);
		ImportPlan plan = imports.plan(this.file, chosen, rejectsFile, look, mapping(look), everyone(look));
		Optional<ImportResult> result;
		try (ImportWatch watch = new ImportWatch(this.console)) {
			result = this.dryRun ? imports.check(plan, watch.progress()) : imports.run(plan, watch.progress());
		}
		if (result.isEmpty()) {
			this.console.say("Stopped. The same command goes on where it was.");
			return Failures.WORK_FAILED;
		}
		tell(look, plan, result.get(), rejectsFile);
		return (result.get().taken() == 0 && result.get().rejected() > 0) ? Failures.WORK_FAILED : 0;
	}

	private @Nullable Character separator() {
		if (this.separator == null) {
			return null;
		}
		if (this.separator.equals("tab") || this.separator.equals("\\t")) {
			return '\t';
		}
		if (this.separator.length() != 1 || "\"'\r\n".contains(this.separator)) {
			throw Problem.usage("--separator is one character, such as ; or |, or the word tab.");
		}
		return this.separator.charAt(0);
	}

	private static Preset preset(String name) {
		try {
			return Preset.valueOf(name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw Problem.usage(
					"Herald knows no export of %s. Known are listmonk, mailchimp, ghost, substack, phplist, herald and none."
						.formatted(name));
		}
	}

	private Everyone everyone(ListLook look) {
		if (this.as == null) {
			return look.everyone();
		}
		for (Everyone everyone : Everyone.values()) {
			if (everyone.key().equals(this.as)) {
				return everyone;
			}
		}
		throw Problem.usage("--as is as-written, pending, unsubscribed or bounced, and not %s.".formatted(this.as));
	}

	private Mapping mapping(ListLook look) {
		List<Mapping.Target> targets = new ArrayList<>(look.mapping().targets());
		this.map.forEach((column, field) -> {
			int index = look.header().indexOf(column);
			if (index < 0) {
				throw Problem.usage(
						"--map: there is no column %s. Found: %s".formatted(column, String.join(", ", look.header())));
			}
			targets.set(index, Mapping.Target.parse(field, column));
		});
		return new Mapping(targets);
	}

	private void tell(ListLook look, ImportPlan plan, ImportResult result, Path rejectsFile) {
		tellWhatWasFound(look, plan);
		if (!result.ignoredColumns().isEmpty()) {
			this.console.say("Not kept: %s.".formatted(String.join(", ", result.ignoredColumns())));
		}
		this.console
			.print("%s %,d added, %,d subscribed already, %,d had unsubscribed and stay so, %,d repeated, %,d rejected."
				.formatted(this.dryRun ? "Dry run, nothing changed:" : "Imported:", result.added(), result.unchanged(),
						result.keptUnsubscribed(), result.duplicates(), result.rejected()));
		tell(result.pending(), "not confirmed yet: they get nothing.");
		tell(result.unsubscribed(), "on record as unsubscribed.");
		tell(result.ended(), "were subscribed here and are unsubscribed now.");
		tell(result.suppressed(), "suppressed: their addresses get nothing.");
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

	/** Only what is not plain: a guess has to be seen. */
	private void tellWhatWasFound(ListLook look, ImportPlan plan) {
		Dialect dialect = look.dialect();
		boolean plain = dialect.charset().name().equals("UTF-8") && dialect.separator() == ',';
		if (!plain || look.preset() != Preset.NONE) {
			this.console.say("Read as %s%s%s.".formatted(dialect.charset().name(),
					(dialect.kind() == Dialect.Kind.CSV) ? ", separated by '%s'".formatted(dialect.separatorInWords())
							: ", JSON Lines",
					(look.preset() != Preset.NONE) ? ", an export of " + look.preset().title() : ""));
		}
		List<String> attributes = plan.mapping()
			.targets()
			.stream()
			.filter((target) -> target.field() == ListField.ATTRIBUTE)
			.map(Mapping.Target::attribute)
			.toList();
		if (!attributes.isEmpty()) {
			this.console.say("Kept as attributes: %s.".formatted(String.join(", ", attributes)));
		}
	}

	private void tell(int count, String what) {
		if (count > 0) {
			this.console.print("  %,d %s".formatted(count, what));
		}
	}

}
