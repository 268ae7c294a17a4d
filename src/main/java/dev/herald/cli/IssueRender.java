package dev.herald.cli;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.address.Mailbox;
import dev.herald.dkim.DkimSigners;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueReader;
import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.render.IssueCompiler;
import dev.herald.render.RenderedFiles;
import dev.herald.render.Samples;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "render",
		description = { "Writes issue.html, issue.txt and issue.eml, as a sample reader would get them.",
				"A file needs no database, and no newsletter unless one is named." },
		footer = { "", "Example:", "  herald issue render 2026-11-24.md --out preview" })
final class IssueRender implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "FILE.md|SLUG", description = "A Markdown file, or the slug of an imported issue.")
	private String what = "";

	@Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder; made where there is none.")
	private Path out = Path.of("");

	@Option(names = "--newsletter", paramLabel = "KEY", description = "The newsletter of the issue.")
	private @Nullable String newsletter;

	@Option(names = "--language", paramLabel = "TAG",
			description = "Of a file without newsletter; default: that of its front matter, else by its script.")
	private @Nullable String language;

	IssueRender(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		if (isFile()) {
			Path file = Path.of(this.what);
			IssueSource source = IssueReader.read(InputFiles.name(file), InputFiles.read(file));
			if (this.newsletter != null) {
				write(source, this.beans.get(Newsletters.class).require(this.newsletter),
						this.beans.get(Installation.class));
			}
			else {
				write(source, sample(source), withoutSettings());
			}
		}
		else {
			Issues issues = this.beans.get(Issues.class);
			Issue issue = issues.require(this.what, this.newsletter);
			write(issues.source(issue.versionId()), this.beans.get(Newsletters.class).byId(issue.newsletterId()),
					this.beans.get(Installation.class));
		}
		return 0;
	}

	private boolean isFile() {
		String lower = this.what.toLowerCase(Locale.ROOT);
		return lower.endsWith(".md") || lower.endsWith(".markdown") || this.what.contains(File.separator)
				|| Files.isRegularFile(Path.of(this.what));
	}

	/** Links are samples too: a preview must not unsubscribe anybody. */
	private void write(IssueSource source, Newsletter of, Installation installation) {
		IssueCompiler compiler = new IssueCompiler(OperatorFiles.in(this.beans.setting("herald.home")),
				Samples.links(installation), installation, DkimSigners.none(), Clock.systemUTC());
		RenderedFiles.write(compiler.compile(source, of), Samples.recipient(), this.out);
		this.console.print("Wrote issue.html, issue.txt and issue.eml to %s.".formatted(this.out));
	}

	private Newsletter sample(IssueSource source) {
		return new Newsletter(0, "sample", "Sample newsletter", Mailbox.parse("Sample newsletter <sample@example.org>"),
				null, language(source), null, "");
	}

	private Locale language(IssueSource source) {
		String tag = (this.language != null) ? this.language
				: source.metadata().getOrDefault("lang", source.metadata().getOrDefault("language", ""));
		if (!tag.isBlank()) {
			return NewsletterSettings.language(tag.replace('_', '-'));
		}
		long han = source.markdown()
			.codePoints()
			.filter((c) -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
			.count();
		return (han * 10 > source.markdown().length()) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
	}

	private static Installation withoutSettings() {
		return new Installation(Path.of("data"), URI.create("http://localhost:8080"), false, "bounce@localhost");
	}

}
