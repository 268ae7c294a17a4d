package dev.herald.cli;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.dkim.DkimSigners;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.render.RenderSettings;
import dev.herald.render.Samples;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An issue to look at: a file, or one that was imported. */
final class ChosenIssue {

	@Parameters(paramLabel = "FILE.md|SLUG", description = "A Markdown file, or the slug of an imported issue.")
	private String what = "";

	@Option(names = "--newsletter", paramLabel = "KEY", description = "The newsletter of the issue.")
	private @Nullable String newsletter;

	@Option(names = "--language", paramLabel = "TAG",
			description = "Of a file without newsletter; default: that of its front matter, else by its script.")
	private @Nullable String language;

	/**
	 * @param compiled with links that are samples: a preview must not unsubscribe anybody
	 */
	record Compiled(IssueSource source, Newsletter newsletter, CompiledIssue compiled) {
	}

	/** A file needs no database, and no newsletter unless one is named. */
	Compiled compile(Beans beans) {
		if (isFile()) {
			Path file = Path.of(this.what);
			IssueSource source = IssueReader.read(InputFiles.name(file), InputFiles.read(file));
			return (this.newsletter != null)
					? compile(beans, source, beans.get(Newsletters.class).require(this.newsletter),
							beans.get(Installation.class), beans.get(RenderSettings.class))
					: compile(beans, source, sample(source), withoutSettings(), RenderSettings.defaults());
		}
		Issues issues = beans.get(Issues.class);
		Issue issue = issues.require(this.what, this.newsletter);
		return compile(beans, issues.source(issue.versionId()), beans.get(Newsletters.class).byId(issue.newsletterId()),
				beans.get(Installation.class), beans.get(RenderSettings.class));
	}

	/** Whether a newsletter was made up for it. */
	boolean ofNoNewsletter() {
		return isFile() && this.newsletter == null;
	}

	private boolean isFile() {
		String lower = this.what.toLowerCase(Locale.ROOT);
		return lower.endsWith(".md") || lower.endsWith(".markdown") || this.what.contains(File.separator)
				|| Files.isRegularFile(Path.of(this.what));
	}

	private static Compiled compile(Beans beans, IssueSource source, Newsletter of, Installation installation,
			RenderSettings settings) {
		IssueCompiler compiler = new IssueCompiler(OperatorFiles.in(beans.setting("herald.home")),
				Samples.links(installation), installation, DkimSigners.none(), settings, Clock.systemUTC());
		return new Compiled(source, of, compiler.compile(source, of));
	}

	private Newsletter sample(IssueSource source) {
		return new Newsletter(0, "sample", "Sample newsletter", Mailbox.parse("Sample newsletter <sample@example.org>"),
				null, language(source), null, "");
	}

	private Locale language(IssueSource source) {
		String tag = (this.language != null) ? this.language
				: source.metadata().getOrDefault("lang", source.metadata().getOrDefault("language", ""));
		if (!tag.isBlank()) {
			return language(source, tag);
		}
		long han = source.markdown()
			.codePoints()
			.filter((c) -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
			.count();
		return (han * 10 > source.markdown().length()) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
	}

	private Locale language(IssueSource source, String tag) {
		try {
			return NewsletterSettings.language(tag.replace('_', '-'));
		}
		catch (Problem ex) {
			String where = (this.language != null) ? "" : source.fileName() + ", front matter: ";
			throw new Problem(ex.kind(), where + ex.getMessage(), ex);
		}
	}

	private static Installation withoutSettings() {
		return new Installation(Path.of("data"), URI.create("http://localhost:8080"), false, "bounce@localhost");
	}

}
