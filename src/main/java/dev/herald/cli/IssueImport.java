package dev.herald.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Issues.ImportOutcome;
import dev.herald.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Imports an issue from a Markdown file.",
		footer = { "", "Example:", "  herald issue import 2026-11-24.md --newsletter ai-weekly" })
final class IssueImport implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "FILE.md", description = "UTF-8, with or without front matter.")
	private Path file = Path.of("");

	@Option(names = "--newsletter", required = true, paramLabel = "KEY", description = "The newsletter.")
	private String newsletter = "";

	@Option(names = "--slug", description = "Instead of the one that the file name gives.")
	private @Nullable String slug;

	IssueImport(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		byte[] content = InputFiles.read(this.file);
		ImportOutcome outcome = this.beans.get(Issues.class)
			.importFile(this.beans.get(Newsletters.class).require(this.newsletter), InputFiles.name(this.file), content,
					this.slug);
		Issue issue = outcome.issue();
		if (outcome instanceof ImportOutcome.Unchanged) {
			this.console.print("%s/%s is there already, with this content. Nothing changed.".formatted(this.newsletter,
					issue.slug()));
		}
		else {
			this.console.print("Imported %s/%s: %s".formatted(this.newsletter, issue.slug(), issue.title()));
		}
		this.beans.get(Sends.class)
			.unfinishedOf(issue.id())
			.ifPresent((send) -> Decided.warnOfOlderVersion(this.console, issue, send));
		return 0;
	}

}
