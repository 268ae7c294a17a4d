package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.herald.issue.IssueReader;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Random Markdown: what every plain text has in common. */
class TextFuzzTests {

	private static final long FUZZ_NANOS = TimeUnit.SECONDS.toNanos(4);

	private static final int WIDEST = 78;

	/** Long enough that no line has room for two. */
	private static final Pattern UNBREAKABLE = Pattern.compile("://|[\\x21-\\x7E]{30}|(?:。|！|“|”|（|）|、|…|—){12}");

	private static final List<String> PIECES = List.of("word ", "some more words ", "中文字", "，", "。", "（", "）", "“", "”",
			"！", "…", "——", "한국어 ", "日本語ー", "ไทยไม่มีช่องว่าง", "שלום ", "مرحبا ", "😀", "👨‍👩‍👧", "é", "é", "\u200b",
			"\u00ad", "\u00a0", "\t", "\u0007", "\u001b[31m", "\u0085", "\u2028", "\r", "\r\n", "\n", "\n", "\n\n",
			"\n\n\n\n", "  \n", "\\\n", "<br>", "- ", "* ", "+ ", "1. ", "99) ", "> ", "> > ", "# ", "## ", "### ",
			"===\n", "---\n", "    ", "```\n", "`", "`code of words` ", "``", "**", "_", "*", "~~",
			"[a](https://example.org/a)", "[", "](https://example.org/", ")", "![", "](x.png)",
			"https://example.org/path ", "www.example.org ", "<a@b.example> ", "[me](mailto:a@b.example)",
			"[me](mailto:a@b.example?subject=x)", "[^n]", "\n[^n]: ", "| a | b |\n|---|:-:|\n| 1 | 2 |\n", "| ", " |\n",
			"- [x] ", "<dl><dt>a<dd>b</dl>\n", "<ul><li>", "<ol start=9><li>", "</li>", "<table><tr><td>", "<th>",
			"</table>\n", "<p>", "<pre>", "</pre>\n", "<blockquote>", "<details><summary>", "<img alt=\"a b\">",
			"<a href=https://example.org/>", "</a>", "<sup>2</sup>", "<del>", "&amp;", "&#10;", "&#7;", "-- ", "--\n",
			"From ", "\\> ", "12345678901234567890 ", "· ", "[1] ", "#");

	@Test
	void linesAreShortAndCleanWhateverTheIssue() {
		long seed = System.nanoTime();
		System.out.println("Fuzzing texts with seed " + seed);
		Random random = new Random(seed);
		long end = System.nanoTime() + FUZZ_NANOS;
		int rendered = 0;
		while (System.nanoTime() < end || rendered == 0) {
			StringBuilder issue = new StringBuilder();
			for (int i = random.nextInt(120); i >= 0; i--) {
				issue.append(PIECES.get(random.nextInt(PIECES.size())));
			}
			String language = List.of("en", "zh", "ja", "he").get(random.nextInt(4));
			try {
				check(issue.toString(), language);
				rendered++;
			}
			catch (Problem ex) {
				assertThat(ex.getMessage()).isNotEmpty();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Seed " + seed + ", " + language + ", issue:\n" + issue, ex);
			}
		}
		System.out.println("Rendered " + rendered + " random texts");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"- - - - - - - - - - - - - - - - - - - - - - - - a long line of words after all of these marks",
			"> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > a long line of words after all of these marks" })
	void deepNestingLeavesRoomForWords(String issue) {
		check(issue + "\n", "en");
	}

	private static void check(String markdown, String language) {
		LinkTargets targets = new LinkTargets(null);
		IssueDocument document = IssueDocument.of(
				IssueReader.read("a.md", ("---\ntitle: T\n---\n" + markdown).getBytes(StandardCharsets.UTF_8)),
				targets);
		String text = TextBody.render(document, targets, Locale.forLanguageTag(language));
		Columns columns = new Columns(Locale.forLanguageTag(language));
		boolean code = markdown.contains("`") || markdown.contains("    ") || markdown.contains("\t")
				|| markdown.contains("<pre>");
		assertThat(text).doesNotContainPattern("[\\p{Cc}&&[^\\n]]|\\p{Zl}|\\p{Zp}").doesNotContain("\n\n\n\n");
		text.lines()
			.filter((line) -> columns.width(line) > WIDEST)
			.forEach((line) -> assertThat(code || UNBREAKABLE.matcher(line).find()).as(line).isTrue());
		text.lines()
			.forEach((line) -> assertThat(line).isNotEqualTo("-- ").isNotEqualTo(" ").doesNotStartWith("From "));
	}

}
