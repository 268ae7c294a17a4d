package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Random and hostile issues: the mail that goes out carries nothing that acts. */
class HostileIssueTests {

	private static final long FUZZ_NANOS = TimeUnit.SECONDS.toNanos(6);

	private static final Set<String> DEAD = Set.of("script", "iframe", "frame", "frameset", "object", "embed", "applet",
			"form", "input", "button", "select", "textarea", "base", "link", "svg", "math", "video", "audio", "portal",
			"template", "noscript", "isindex", "marquee", "bgsound", "xml");

	private static final List<String> FRONT = List.of("---\n", "+++\n", "title: ", "Title: ", "date: 2026-11-24\n",
			"title = \"", "\"\n", "slug: x\n", "<script>alert(1)</script>", "[a, b]\n", "{a: b}\n", ": ", "&a *a\n",
			"description: ", "\" onload=x \n", "javascript:alert(1)\n", "lang: he\n", "\u0000", "preheader: {{ x }}\n");

	private static final List<String> PIECES = List.of("<script>", "</script>", "alert(1)", "<img src=x onerror=",
			"<svg/onload=", "<a href=", "\"javascript:alert(1)\"", "'vbscript:x'", "data:text/html,<script>",
			"jAvA&#x0A;scRipt&colon;", "java\tscript:", "[a](", "![a](", ")", "[a]: ", "[a]", "[a][b]", "<", ">", "\"",
			"'", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<style>", "</style>", "<math>", "<mtext>", "<noscript>",
			"<p title=\"</p><script>\">", "<table>", "<td>", "</table>", "<form action=javascript:x>",
			"<iframe srcdoc=\"<script>\">", "<details open ontoggle=x>",
			"<font color=\"red\" style=\"x:expression(y)\">", "{% capture x %}", "{% endcapture %}", "{{ x }}", "{{x}}",
			"{% highlight a %}", "{% endhighlight %}", "{% assign x = \"<script>\" %}",
			"{% assign x = \"javascript:\" %}", "{% raw %}", "{% endraw %}",
			"{: onclick=\"alert(1)\" href=\"javascript:x\"}", "{: title=\"\\\" onx=1\" .center}", "\n", "\n", "\n\n",
			" ", "    ", "\t", "- ", "1. ", "> ", "# ", "```\n", "`", "| a | b |\n|---|---|\n| ", "[^1]", "[^1]: ",
			"- [x] ", "**", "_", "~~", "<br>", "&lt;script&gt;", "&#60;script&#62;", "http://a.example/",
			"https://例え.example/，", "www.a.example", "a@b.example", "<https://a.example/>", "<javascript:alert(1)>",
			"<data:text/html,x>", "中文，", "שלום", "مرحبا", "😀", "\u202E", "\u0000", "\uD800", "\\", "\r", "\r\n", "简评：",
			"${x}", "<#if x>", "' onmouseover='x", "<a id=fn-1 class=\"item\" target=_top href=//a.example>", "</a>",
			"</div>", "<base href=x>");

	@Test
	void randomIssuesNeitherCrashTheReaderNorLetAnythingThatActsThrough() {
		long seed = System.nanoTime();
		System.out.println("Fuzzing issues with seed " + seed);
		Random random = new Random(seed);
		long end = System.nanoTime() + FUZZ_NANOS;
		int rendered = 0;
		int refused = 0;
		while (System.nanoTime() < end || rendered == 0) {
			String issue = random(random);
			try {
				Newsletter newsletter = SampleMails.newsletter(random.nextBoolean() ? "en" : "fa",
						random.nextBoolean() ? "https://example.org/" : null);
				assertInert(issue, render(issue, newsletter));
				rendered++;
			}
			catch (Problem ex) {
				refused++;
			}
			catch (RuntimeException | StackOverflowError ex) {
				throw new AssertionError("Seed " + seed + ", issue:\n" + issue, ex);
			}
		}
		System.out.printf("Rendered %d random issues, refused %d%n", rendered, refused);
		assertThat(rendered).isGreaterThan(refused);
	}

	private static String random(Random random) {
		StringBuilder issue = new StringBuilder();
		if (random.nextInt(3) == 0) {
			String fence = random.nextBoolean() ? "---\n" : "+++\n";
			issue.append(fence);
			append(FRONT, random.nextInt(8), random, issue);
			issue.append('\n').append(fence);
		}
		append(PIECES, 1 + random.nextInt(40), random, issue);
		return issue.toString();
	}

	private static void append(List<String> pieces, int count, Random random, StringBuilder out) {
		for (int i = 0; i < count; i++) {
			out.append(pieces.get(random.nextInt(pieces.size())));
		}
	}

	/** Both parts without the template, which compiling for all samples would add. */
	private static String render(String issue, Newsletter newsletter) {
		LinkTargets targets = new LinkTargets(newsletter.baseUrl());
		IssueDocument document = IssueDocument.of(IssueReader.read("a.md", issue.getBytes(StandardCharsets.UTF_8)),
				targets);
		TextBody.render(document, targets, newsletter.language());
		return HtmlBody.render(document, targets, newsletter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
			"<a href='java\nscript:alert(1)'>a</a>", "[a](jAvA&#x0A;script&colon;alert(1))", "<javascript:alert(1)>",
			"[a][b]\n\n[b]: data:text/html,x", "<form action=javascript:x><input autofocus onfocus=x></form>",
			"{% assign x = \"javascript:\" %}\n\n[a]({{x}}alert(1))",
			"{% capture x %}<script>{% endcapture %}\n\n{{x}}a</script>b", "a *b*{: onclick=\"x\" style=\"y\"}",
			"<noscript><p title=\"</noscript><img src=x onerror=x>\">a",
			"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
			"<p title=\"</p><script>x</script>\">a</p>", "---\ntitle: '</title><script>x</script>'\n---\na",
			"---\ntitle: x\ndescription: '\"><script>x</script>'\n---\na", "<table background=javascript:x><tr><td>a",
			"<div style=\"background:url(javascript:x)\">a</div>", "<img src=\"data:image/svg+xml,<svg onload=x>\">a" })
	void theWholeMailOfAHostileIssueIsInert(String issue) {
		assertInert(issue, SampleMails.compile("Text\n\n" + issue).html(SampleMails.ANN));
		assertInert(issue, SampleMails.compile(issue + "\n\nText").html(SampleMails.ANN));
	}

	private static void assertInert(String issue, String html) {
		Document page = Jsoup.parse(html);
		for (Element element : page.getAllElements()) {
			assertThat(DEAD).as(issue).doesNotContain(element.normalName());
			assertThat(element.attr("http-equiv")).as(issue).isEmpty();
			for (Attribute attribute : element.attributes()) {
				String value = attribute.getValue().replaceAll("[\\s\\p{Cc}]", "").toLowerCase(Locale.ROOT);
				assertThat(attribute.getKey()).as(issue).doesNotStartWith("on");
				if (Set.of("href", "src", "action", "background", "srcset", "xlink:href")
					.contains(attribute.getKey())) {
					assertThat(value).as(issue)
						.doesNotStartWith("javascript:")
						.doesNotStartWith("vbscript:")
						.doesNotStartWith("data:");
				}
				if (attribute.getKey().equals("style")) {
					assertThat(value).as(issue).doesNotContain("expression(", "url(");
				}
			}
		}
	}

}
