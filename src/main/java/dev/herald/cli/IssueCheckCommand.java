package dev.herald.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.herald.check.Finding;
import dev.herald.check.IssueCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "check",
		description = { "Says what to mend in an issue before it is sent, one finding a line.",
				"Errors keep it from being sent, and the exit code is 1; warnings ask.",
				"A file needs no database, and no newsletter unless one is named.",
				"--online asks other people's servers, and none in a private network." },
		footer = { "", "Example:", "  herald issue check 2026-11-24.md --newsletter ai-weekly --online" })
final class IssueCheckCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private ChosenIssue issue = new ChosenIssue();

	@Mixin
	private Online online = new Online();

	@Option(names = "--json", description = "JSON, and nothing else.")
	private boolean json;

	IssueCheckCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		ChosenIssue.Compiled chosen = this.issue.compile(this.beans);
		List<Finding> findings = IssueCheck.of(chosen.source(), chosen.newsletter(), chosen.compiled(),
				this.online.probe(chosen.newsletter()));
		long errors = findings.stream().filter(Finding::isError).count();
		if (this.json) {
			this.console.print(Json.of(json(chosen.source().fileName(), this.online.asked(), findings, errors)));
		}
		else {
			findings.forEach((finding) -> this.console.print(finding.in(chosen.source().fileName()).toString()));
			this.console.say(summary(findings.size() - errors, errors));
		}
		if (this.issue.ofNoNewsletter()) {
			this.console.say(
					"Checked as of a newsletter without postal address and base URL; --newsletter KEY names the real one.");
		}
		return (errors > 0) ? 1 : 0;
	}

	private static String summary(long warnings, long errors) {
		if (warnings + errors == 0) {
			return "Nothing to mend.";
		}
		return "%,d %s, %,d %s.".formatted(errors, (errors == 1) ? "error" : "errors", warnings,
				(warnings == 1) ? "warning" : "warnings");
	}

	private static Map<String, Object> json(String file, boolean online, List<Finding> findings, long errors) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("file", file);
		keys.put("online", online);
		keys.put("errors", errors);
		keys.put("warnings", findings.size() - errors);
		keys.put("findings", findings.stream().map((finding) -> json(file, finding)).toList());
		return keys;
	}

	private static Map<String, @Nullable Object> json(String file, Finding finding) {
		Map<String, @Nullable Object> keys = new LinkedHashMap<>();
		keys.put("file", file);
		keys.put("check", finding.check().key());
		keys.put("severity", finding.severity().key());
		keys.put("line", (finding.line() > 0) ? finding.line() : null);
		keys.put("what", finding.what().toString());
		keys.put("why", finding.why().toString());
		keys.put("mend", finding.mend().toString());
		return keys;
	}

}
