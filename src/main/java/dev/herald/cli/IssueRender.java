package dev.herald.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.herald.render.RenderedFiles;
import dev.herald.render.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "render",
		description = { "Writes issue.html, issue.txt and issue.eml, as a sample reader would get them.",
				"A file needs no database, and no newsletter unless one is named." },
		footer = { "", "Example:", "  herald issue render 2026-11-24.md --out preview" })
final class IssueRender implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private ChosenIssue issue = new ChosenIssue();

	@Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder; made where there is none.")
	private Path out = Path.of("");

	IssueRender(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		RenderedFiles.write(this.issue.compile(this.beans).compiled(), Samples.recipient(), this.out);
		this.console.print("Wrote issue.html, issue.txt and issue.eml to %s.".formatted(this.out));
		return 0;
	}

}
