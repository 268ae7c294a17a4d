package dev.herald.render;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.issue.RandomIssues;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Random and hostile issues: the mail that goes out carries nothing that acts. */
class HostileIssueTests {

	private static final int ISSUES = 2500;

	/**
	 * A whole mail is rendered for all samples, which takes as long as this many bodies.
	 */
	private static final int BODIES_A_MAIL = 25;

	/**
	 * Of processor time a body, on a slow machine; it takes less than 1 ms on average.
	 */
	private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** The same one always, and one more. */
	static long[] seeds() {
		return new long[] { 6, System.nanoTime() };
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void randomIssuesNeitherCrashTheReaderNorLetAnythingThatActsThrough(long seed) {
		int rendered = 0;
		for (int i = 0; i < ISSUES; i++) {
			Random random = new Random(seed + i);
			byte[] file = RandomIssues.of(random);
			Newsletter newsletter = SampleMails.newsletter(random.nextBoolean() ? "en" : "fa",
					random.nextBoolean() ? "https://example.org/" : null);
			long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			try {
				IssueSource issue = IssueReader.read("a.md", file);
				assertThat(Inert.acting(body(issue, newsletter))).isEmpty();
				if (i % BODIES_A_MAIL == 0) {
					CompiledIssue mail = SampleMails.compile(new String(file, StandardCharsets.UTF_8), newsletter);
					assertThat(Inert.actingInMail(mail.html(SampleMails.ANN))).isEmpty();
					assertThat(MimeRules.broken(mail.message(SampleMails.ANN).content())).isEmpty();
				}
				rendered++;
			}
			catch (Problem ex) {
				assertThat(ex.getMessage()).startsWith("a.md");
			}
			catch (AssertionError | RuntimeException | StackOverflowError ex) {
				throw new AssertionError("Seed %d:%n%s".formatted(seed + i, new String(file, StandardCharsets.UTF_8)),
						ex);
			}
			assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
				.as("processor time of seed " + (seed + i))
				.isLessThan(MAX_NANOS);
		}
		System.out.printf("Rendered %d of %d random issues%n", rendered, ISSUES);
		assertThat(rendered).isBetween(ISSUES / 3, ISSUES - 1);
	}

	/** The issue's own part, as both the mail and the archive have it; the text too. */
	static String body(IssueSource issue, Newsletter newsletter) {
		LinkTargets targets = new LinkTargets(newsletter.baseUrl());
		IssueDocument document = IssueDocument.of(issue, targets);
		assertThat(TextBody.render(document, targets, newsletter.language()))
			.doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]");
		return HtmlBody.render(document, targets, newsletter);
	}

	static String body(String markdown) {
		return body(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)),
				SampleMails.newsletter("en", "https://example.org/"));
	}

	/** To be read by another parser than the one that made them. */
	static List<String> randomBodies(long seed, int count) {
		List<String> bodies = new ArrayList<>();
		for (int i = 0; bodies.size() < count; i++) {
			try {
				bodies.add(body(IssueReader.read("a.md", RandomIssues.of(new Random(seed + i))),
						SampleMails.newsletter("en", null)));
			}
			catch (Problem ex) {
				// Refused: nothing of it is seen.
			}
		}
		return bodies;
	}

	static Stream<String> hostile() {
		return Stream.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
				"<a href='java\nscript:alert(1)'>a</a>", "[a](jAvA&#x0A;script&colon;alert(1))",
				"<javascript:alert(1)>", "[a][b]\n\n[b]: data:text/html,x",
				"<form action=javascript:x><input autofocus onfocus=x></form>",
				"{% assign x = \"javascript:\" %}\n\n[a]({{x}}alert(1))",
				"{% capture x %}<script>{% endcapture %}\n\n{{x}}a</script>b",
				"a *b*{: onclick=\"x\" style=\"y\" title=\"z\"}",
				"<noscript><p title=\"</noscript><img src=x onerror=x>\">a",
				"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
				"<p title=\"</p><script>x</script>\">a</p>", "---\ntitle: '</title><script>x</script>'\n---\na",
				"---\ntitle: x\ndescription: '\"><script>x</script>'\n---\na",
				"<table background=javascript:x><tr><td>a", "<div style=\"background:url(javascript:x)\">a</div>",
				"<img src=\"data:image/svg+xml,<svg onload=x>\">a", "<a href=\"\u0001javascript:alert(1)\">a</a>",
				"<a href=&#106;avascript:alert(1)>a</a>", "<img srcset=\"javascript:x 1x\" src=https://a.example/>",
				"<a ping=https://a.example href=https://b.example target=_top>a</a>",
				"<details ontoggle=x open><summary onclick=x>a</summary></details>",
				"<a id=location name=cookie href=https://a.example class=\"item footer\">a</a>",
				"![a](javascript:x \"b\" )", "[a]: <javascript:x>\n\n[a] ![a]",
				"<base href=javascript:/a/><a href=x>a");
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void theWholeMailOfAHostileIssueIsInert(String issue) {
		for (String markdown : List.of("Text\n\n" + issue, issue + "\n\nText")) {
			assertThat(Inert.actingInMail(SampleMails.compile(markdown).html(SampleMails.ANN))).isEmpty();
			assertThat(Inert.acting(body(markdown))).isEmpty();
		}
	}

	@Test
	void whatActsIsFound() {
		assertThat(Inert.acting("<p onclick=x>a<a href=javascript:x>b</a><img src=data:x></p><form>c</form>"))
			.containsExactly("onclick=x", "href=javascript:x", "src=data:x", "form");
		assertThat(Inert.acting("<p style='color:red' id=x><a href=' https://a.example' ping=x>b</a>"))
			.containsExactly("style=color:red", "id=x", "href= https://a.example", "ping=x");
		assertThat(Inert.actingInMail("<p style='background:URL(x)' ONLOAD=x><script>a</script><base href=x>"))
			.containsExactlyInAnyOrder("style=background:URL(x)", "onload=x", "script", "base", "href=x");
	}

}
