package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;

import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IssueReaderTests {

	private static IssueSource read(String fileName, String content) {
		return IssueReader.read(fileName, content.getBytes(StandardCharsets.UTF_8));
	}

	private static void assertProblem(String content, String message) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read("weekly.md", content))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.WORK));
	}

	@Test
	void jekyllFrontMatterGivesTitleDateSlugAndMetadata() {
		assertThat(read("2019-08-18-update.md", """
				---
				layout: post
				title: "Week Ending: August 18"
				Date: 2019-08-19 22:00:00 -0000
				number: 010
				tags: [a, b]
				empty:
				---

				Hello.
				""")).isEqualTo(new IssueSource("2019-08-18-update.md", "Week Ending: August 18",
				LocalDate.of(2019, 8, 19), "2019-08-18-update", Map.of("layout", "post", "title",
						"Week Ending: August 18", "date", "2019-08-19 22:00:00 -0000", "number", "010", "empty", ""),
				"\nHello.\n", 9));
	}

	@Test
	void theSeedsShapeTakesItsTitleFromTheHeadingAndDateAndSlugFromTheFileName() {
		IssueSource issue = read("issues/2017-11-14.md", """
				---
				layout: default
				---

				# 嵌入式AI *双周*简报 (2017-11-15)

				- [a](https://example.org)
				""");
		assertThat(issue.title()).isEqualTo("嵌入式AI 双周简报 (2017-11-15)");
		assertThat(issue.date()).isEqualTo("2017-11-14");
		assertThat(issue.slug()).isEqualTo("2017-11-14");
		assertThat(issue.fileName()).isEqualTo("2017-11-14.md");
		assertThat(issue.firstLine()).isEqualTo(4);
	}

	@Test
	void hugoFrontMatterIsToml() {
		IssueSource issue = read("a.md", """
				+++
				title = "Issue # 7"
				date = 2024-02-29T10:00:00Z
				slug = "Seven & more"
				[params]
				x = 1
				+++
				Text
				""");
		assertThat(issue.title()).isEqualTo("Issue # 7");
		assertThat(issue.date()).isEqualTo("2024-02-29");
		assertThat(issue.slug()).isEqualTo("seven-more");
		assertThat(issue.markdown()).isEqualTo("Text\n");
		assertThat(issue.firstLine()).isEqualTo(8);
	}

	@Test
	void pelicanMetadataEndsAtTheFirstLineOfAnotherShape() {
		IssueSource issue = read("2014-03-12-this-week.markdown", """
				Title: This Week 40
				Date: 2014-03-11 23:45
				Summary: one
				    and more
				Hello and welcome: we moved.
				""");
		assertThat(issue.title()).isEqualTo("This Week 40");
		assertThat(issue.date()).isEqualTo("2014-03-11");
		assertThat(issue.metadata()).containsEntry("summary", "one and more");
		assertThat(issue.markdown()).isEqualTo("Hello and welcome: we moved.\n");
	}

	@Test
	void aTextThatBeginsWithAWordAndAColonIsNoMetadata() {
		assertThat(read("a.md", "Note: we moved.\nTo: here.\n\nText").markdown())
			.isEqualTo("Note: we moved.\nTo: here.\n\nText");
	}

	@Test
	void withoutFrontMatterAndHeadingTheFileNameIsTheTitle() {
		IssueSource issue = read("issue-82.markdown", "Welcome!");
		assertThat(issue.title()).isEqualTo("issue-82");
		assertThat(issue.slug()).isEqualTo("issue-82");
		assertThat(issue.date()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "'---\n\nHello\n\n---\n\nBye\n'", "'---\nHello\n---\nBye\n'", "'---\n- a\n- b\n---\nBye\n'",
			"'---\n\nNote: we moved.\n\n---\nBye\n'", "'---\n# Head\n\nNote: we moved.\n---\nBye\n'",
			"'---\n\nBad: [\n\n---\nBye\n'", "'---\nHello\n'", "'+++\nHello\n'", "'----\ntitle: a\n---\n'" })
	void aThematicBreakAtTheTopIsNoFrontMatter(String text) {
		assertThat(read("a.md", text).markdown()).isEqualTo(text);
		assertThat(read("a.md", text).firstLine()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "'---\n---\nText'", "'---\n\ntitle: x\n---\nText'", "'---\n# c\ntitle: x\n...  \nText'",
			"'---  \r\ntitle: x\r\n---\r\nText'", "'---\rtitle: x\r---\rText'", "'\uFEFF---\ntitle: x\n---\nText'",
			"'\uFEFF\uFEFF---\ntitle: x\n---\nText'" })
	void frontMatterIsFoundWithEmptyLinesCommentsABomAndAnyLineEnd(String text) {
		assertThat(read("a.md", text).markdown()).isEqualTo("Text");
	}

	@ParameterizedTest
	@CsvSource({ "a.md,'2017年11月14日',2017-11-14", "a.md,'Week of November 4th, 2017',2017-11-04",
			"a.md,'14 Nov 2017',2017-11-14", "news-20171114.md,x,2017-11-14", "2017_11_14.md,x,2017-11-14",
			"a.md,'2017-13-41',", "a.md,'Number 20171114',", "1.2.2017.md,x," })
	void aDateIsReadAsPeopleWriteIt(String fileName, String heading, String date) {
		assertThat(read(fileName, "# " + heading + "\n\nText").date())
			.isEqualTo((date != null) ? LocalDate.parse(date) : null);
	}

	@ParameterizedTest
	@CsvSource({ "Hello  World!.md,hello-world", "嵌入式 AI.md,嵌入式-ai", "../../etc/passwd.md,passwd",
			"C:\\news\\Übung.md,übung", "a.b.md,a-b", "--x--.md,x", "'a\u0000<script>\n.md',a-script" })
	void aSlugHasOnlySafeCharacters(String fileName, String slug) {
		assertThat(read(fileName, "Text").slug()).isEqualTo(slug);
	}

	@Test
	void aNameWithoutALetterAsksForASlug() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read("！！.md", "Text"))
			.withMessageContaining("no letters or digits");
		assertThat(read("！！.md", "---\nslug: x\n---\nText").slug()).isEqualTo("x");
	}

	@Test
	void whatIsNotUtf8IsRefusedWithTheOffset() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> IssueReader.read("a.md", new byte[] { 'o', 'k', (byte) 0xC4, 'x' }))
			.withMessage(
					"a.md is not UTF-8: the octet 0xC4 at offset 2 begins no character. Save it as UTF-8 and import it again.");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> IssueReader.read("a.md", new byte[] { 'o', (byte) 0xE4, (byte) 0xBD }))
			.withMessageContaining("offset 1");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> IssueReader.read("a.md", "text".getBytes(StandardCharsets.UTF_16)))
			.withMessageContaining("is UTF-16");
	}

	@Test
	void brokenFrontMatterIsReportedWithTheLineOfTheFile() {
		assertProblem("---\nlayout: x\ntitle: a: b\n---\nText", "weekly.md, line 3: the front matter is no YAML");
		assertProblem("---\ntitle: a\ntitle: b\n---\nText", "weekly.md, line 3: 'title' is set a second time");
		assertProblem("---\ntitle: a\n\nText", "weekly.md, line 1: the front matter that begins here has no end");
		assertProblem("---\ntitle: *nobody\n---\nText", "weekly.md, line 2: the front matter is no YAML");
		assertProblem("+++\na = 1\ntitle = x\n+++\nText", "weekly.md, line 3: the front matter is no TOML");
		assertProblem("+++\ntitle = 'x'\n\nText", "weekly.md, line 1: the front matter that begins here has no end");
		assertProblem("---\ntitle: a\ndate: " + "x".repeat(2_000) + "\n---\nText",
				"weekly.md, line 3: '" + "x".repeat(99) + "…' is no date");
		assertProblem("---\ntitle: a\ndate: tomorrow\n---\nText", "weekly.md, line 3: 'tomorrow' is no date");
		assertProblem("---\ntitle: a\u0007b\n---\nText", "weekly.md, line 2: the front matter is no YAML");
		assertProblem("---\ntitle: !t\tx\n---\nText",
				"weekly.md, line 2: the front matter is no YAML (expected ' ', but found 'tab' (9))");
	}

	@ParameterizedTest
	@CsvSource({ "''", "' \n\t\n'", "'---\ntitle: x\n---\n'", "'# Only a heading\n'", "'<!-- soon -->\n'", "'\uFEFF'" })
	void anIssueWithoutTextIsRefused(String text) {
		assertProblem(text, "weekly.md has no text");
	}

	@Test
	@Timeout(20)
	void bombsEndInAProblemAndSoon() {
		StringBuilder bomb = new StringBuilder("---\na0: &a0 [x, x]\n");
		for (int i = 1; i < 60; i++) {
			bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
		}
		assertProblem(bomb + "---\nText", "weekly.md, line");
		assertProblem("---\na: " + "[".repeat(30_000) + "\n---\nText", "weekly.md, line 2");
		assertProblem("---\na: " + "x".repeat(70_000) + "\n---\nText", "longer than 65536 characters");
		assertProblem("+++\na = " + "[".repeat(30_000) + "\n+++\nText", "line 2: the front matter is nested");
		assertProblem("*a **a ".repeat(3_000) + "a** a*".repeat(3_000), "nested more than 100 deep");
		assertProblem("< ".repeat(1_000_000), "too many <");
		StringBuilder runs = new StringBuilder("x");
		for (int i = 1; i < 1_500; i++) {
			runs.append(' ').append("`".repeat(i));
		}
		assertProblem(runs.toString(), "too many < or `");
		assertProblem("x".repeat(2 * 1024 * 1024 + 1), "larger than an issue may be");
	}

	@Test
	@Timeout(20)
	void largeAndHostileTextIsReadInBoundedTime() {
		for (String part : new String[] { "[", "![", "`", "*", "_a ", "<", "<a ", "[a](", "[^", "> ", "- ", "&", "|",
				"\\", "~", "http://", "a@", "<!--", "[a]: b\n", "[^a]: b\n", "\t", "((", "|-" }) {
			assertThat(read("a.md", "x\n\n" + part.repeat(30_000 / part.length())).title()).isEqualTo("a");
		}
		assertThat(read("a.md", "> ".repeat(5_000) + "deep").markdown()).endsWith("deep");
	}

	@Test
	void aVeryLongTitleIsCut() {
		assertThat(read("a.md", "# " + "😀".repeat(5_000) + "\n\nText").title()).hasSizeLessThanOrEqualTo(300)
			.endsWith("😀…");
	}

}
