package dev.herald.check;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.check.Finding.Check;
import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.probe.Probe;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.render.RenderSettings;
import dev.herald.render.Samples;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import org.jspecify.annotations.Nullable;

/** Compiles literal issues as a send does, and checks them. */
abstract class CheckTest {

	static final Installation INSTALLATION = new Installation(Path.of("data"), URI.create("https://news.example.org"),
			false, "bounce@example.org");

	/** An issue with nothing to mend. */
	static final String CLEAN = """
			---
			title: What the week brought
			preheader: Three short reads on compilers, and one on bread.
			---
			## News

			[A compiler](https://example.org/compiler) got faster.
			""";

	static Newsletter newsletter(@Nullable String baseUrl, String postalAddress) {
		return new Newsletter(1, "weekly", "Weekly", Mailbox.parse("The Weekly <news@example.org>"), null,
				Locale.ENGLISH, (baseUrl != null) ? URI.create(baseUrl) : null, postalAddress);
	}

	static List<Finding> check(String file) {
		return check(file, newsletter(null, "1 Main St, Springfield"), Path.of(""));
	}

	static List<Finding> check(String file, Newsletter newsletter, Path home) {
		IssueSource source = source(file);
		return IssueCheck.of(source, newsletter, compiler(home, RenderSettings.defaults()).compile(source, newsletter));
	}

	static List<Finding> check(String file, RenderSettings settings) {
		Newsletter newsletter = newsletter(null, "1 Main St, Springfield");
		return IssueCheck.of(source(file), newsletter,
				compiler(Path.of(""), settings).compile(source(file), newsletter));
	}

	static List<Finding> check(String file, Newsletter newsletter, Probe probe) {
		IssueSource source = source(file);
		return IssueCheck.of(source, newsletter,
				compiler(Path.of(""), RenderSettings.defaults()).compile(source, newsletter), probe);
	}

	static IssueSource source(String file) {
		return IssueReader.read("a.md", file.getBytes(StandardCharsets.UTF_8));
	}

	static CompiledIssue compile(String file) {
		return compiler(Path.of(""), RenderSettings.defaults()).compile(source(file),
				newsletter(null, "1 Main St, Springfield"));
	}

	private static IssueCompiler compiler(Path home, RenderSettings settings) {
		return new IssueCompiler(new OperatorFiles(home), Samples.links(INSTALLATION), INSTALLATION, DkimSigners.none(),
				settings, Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));
	}

	/** Severity, line and sentence of one kind. */
	static List<String> found(Check check, List<Finding> findings) {
		return findings.stream()
			.filter((finding) -> finding.check() == check)
			.map((finding) -> "%s %d %s".formatted(finding.severity().key(), finding.line(), finding.what()))
			.toList();
	}

	/** The same of a text behind four lines of front matter: its first line is line 5. */
	static List<String> foundIn(Check check, String text) {
		return found(check, check(
				"---\ntitle: What the week brought\npreheader: Three short reads on compilers, and one on bread.\n---\n"
						+ text));
	}

	/** Of an issue with this title. */
	static List<String> foundWith(Check check, String title) {
		return found(check, check(
				"---\npreheader: Three short reads on compilers, and one on bread.\n---\n# " + title + "\n\nText.\n"));
	}

}
