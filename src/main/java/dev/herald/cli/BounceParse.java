package dev.herald.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.herald.problem.Problem;
import dev.herald.returns.Report;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.returns.ReportParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "parse", description = "Says what mails that came back mean. Needs no database.",
		footer = { "", "Example:", "  herald bounce parse returned/*.eml --json", "  herald bounce parse returned/" })
final class BounceParse implements Callable<Integer> {

	private final Console console;

	@Parameters(paramLabel = "FILE", arity = "1..*", description = "Mails as files, or folders of them.")
	private List<Path> files = List.of();

	@Option(names = "--json", description = "JSON, and nothing else.")
	private boolean json;

	BounceParse(Console console) {
		this.console = console;
	}

	/** A file that can't be read does not keep the others from being read. */
	@Override
	public Integer call() {
		List<Map<String, Object>> reports = new ArrayList<>();
		int exitCode = 0;
		for (Path file : mails()) {
			try {
				Report report = ReportParser.parse(InputFiles.read(file));
				if (this.json) {
					reports.add(json(file, report));
				}
				else {
					tell(file, report);
				}
			}
			catch (Problem problem) {
				this.console.say(String.valueOf(problem.getMessage()));
				exitCode = Failures.exitCode(problem);
			}
		}
		if (this.json) {
			this.console.print(Json.of(reports));
		}
		return exitCode;
	}

	/** A folder stands for the files in it, by name, without those that are hidden. */
	private List<Path> mails() {
		return this.files.stream()
			.flatMap((file) -> Files.isDirectory(file) ? InputFiles.in(file).stream() : Stream.of(file))
			.toList();
	}

	private void tell(Path file, Report report) {
		this.console.print("%s: %s".formatted(file, name(report.kind())));
		for (ReportedRecipient recipient : report.recipients()) {
			this.console.print("  %s %s %s %s %s".formatted(recipient.address(), name(recipient.bounceClass()),
					recipient.status(), recipient.action(), recipient.reason()));
		}
	}

	private static Map<String, Object> json(Path file, Report report) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("file", file.toString());
		keys.put("kind", name(report.kind()));
		keys.put("recipients", report.recipients().stream().map(BounceParse::json).toList());
		return keys;
	}

	private static Map<String, Object> json(ReportedRecipient recipient) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("address", recipient.address());
		keys.put("status", recipient.status());
		keys.put("action", recipient.action());
		keys.put("class", name(recipient.bounceClass()));
		keys.put("reason", recipient.reason());
		keys.put("evidence", recipient.evidence());
		return keys;
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
