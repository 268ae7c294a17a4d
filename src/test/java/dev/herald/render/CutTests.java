package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import dev.herald.settings.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** An issue that is larger than Gmail shows ends behind a section. */
class CutTests {

	/** 40,000 octets of text. */
	private static final String LONG = "<b>words</b>\n".repeat(4_000) + "end of %s\n\n";

	private static final String THREE = "Before.\n\n## One\n\n" + LONG.formatted("one") + "## Two\n\n### In two\n\n"
			+ LONG.formatted("two") + "## Three\n\n" + LONG.formatted("three");

	private static CompiledIssue compile(String frontMatter, String markdown, boolean installation) {
		String file = "---\ntitle: T\n" + frontMatter + "\n---\n" + markdown;
		return new IssueCompiler(new OperatorFiles(Path.of("")), SampleMails.links(), SampleMails.INSTALLATION,
				DkimSigners.none(), new RenderSettings(DataSize.ofBytes(0), installation), SampleMails.CLOCK)
			.compile(IssueReader.read("long-issue.md", file.getBytes(StandardCharsets.UTF_8)),
					SampleMails.newsletter("en", null));
	}

	@Test
	void theSectionsThatFitStayWholeAndALinkToTheRestFollows() {
		CompiledIssue issue = compile("cut: true", THREE, false);
		String html = issue.html(SampleMails.ANN);
		assertThat(issue.cut()).isInstanceOfSatisfying(Cut.Made.class, (cut) -> {
			assertThat(cut.kept()).containsExactly("One");
			assertThat(cut.left()).containsExactly("Two", "Three");
			assertThat(cut.wholeOctets()).isGreaterThan(HtmlSize.CLIPPED_ABOVE);
		});
		assertThat(HtmlSize.fits(HtmlSize.octets(html))).isTrue();
		assertThat(html).contains("Before.", "end of one")
			.doesNotContain("Two", "end of two", "Three")
			.containsPattern("end of one</p>\\s*<p[^>]*><a href=\"https://news.example.org/archive/weekly/long-issue\""
					+ "[^>]*>Read the rest online</a></p>")
			.contains("https://news.example.org/u/7-11?a=1&amp;b=2");
	}

	@Test
	void thePlainTextStaysWhole() {
		assertThat(compile("cut: true", THREE, false).text(SampleMails.ANN)).contains("end of one", "end of two",
				"end of three");
	}

	@ParameterizedTest
	@CsvSource({ "'',false,Offered", "'',true,Made", "cut: true,false,Made", "cut: false,true,Offered",
			"cut: 7,false,Offered", "cut: 7,true,Made" })
	void theIssueDecidesAndElseTheInstallation(String frontMatter, boolean installation, String cut) {
		CompiledIssue issue = compile(frontMatter, THREE, installation);
		assertThat(issue.cut().getClass().getSimpleName()).isEqualTo(cut);
		assertThat(issue.html(SampleMails.ANN).contains("end of three")).isEqualTo(cut.equals("Offered"));
	}

	@Test
	void whatFitsIsNotCut() {
		CompiledIssue issue = compile("cut: true", "## One\n\nText\n\n## Two\n\nText", true);
		assertThat(issue.cut()).isEqualTo(new Cut.None());
		assertThat(issue.html(SampleMails.ANN)).doesNotContain("Read the rest online");
	}

	@Test
	void anIssueWhoseFirstSectionIsTooLongIsNotCut() {
		Cut.Impossible expected = new Cut.Impossible(true, Cut.Hindrance.NO_SECTION_FITS);
		for (String markdown : List.of(LONG.repeat(3), LONG.repeat(3) + "## One\n\nText\n\n## Two\n\nText",
				"> ## One\n>\n> Text\n\n" + LONG.repeat(3),
				"<div>\n<h2>a</h2>\n" + LONG.repeat(3) + "<h2>b</h2></div>")) {
			CompiledIssue issue = compile("cut: true", markdown, false);
			assertThat(issue.cut()).isEqualTo(expected);
			assertThat(issue.html(SampleMails.ANN)).doesNotContain("Read the rest online");
		}
	}

	@Test
	void aNewsletterWithoutAnArchiveHasNoPageToLinkTo() {
		Newsletter base = SampleMails.newsletter("en", null);
		Newsletter newsletter = new Newsletter(1, base.key(), base.name(), base.sender(), null, base.language(), null,
				"", base.theme(), false, false);
		CompiledIssue issue = SampleMails.compile("---\ntitle: T\ncut: true\n---\n" + THREE, newsletter);
		assertThat(issue.cut()).isEqualTo(new Cut.Impossible(true, Cut.Hindrance.NOT_ARCHIVED));
		assertThat(issue.html(SampleMails.ANN)).contains("end of three");
	}

	@Test
	void notesGoWithTheSectionsThatReferToThem() {
		IssueSections sections = new IssueSections(
				"""
						<h2>A</h2>
						<p>a<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup> <a href="#fn-3">3</a></p>
						<h2>B</h2>
						<p>b<a href="#fn-2">2</a></p>
						<section class="footnotes"><ol><li id="fn-1"><p>one <a href="#fn-4">4</a></p></li>
						<li id="fn-2"><p>two</p></li><li id="fn-3"><p>three</p></li><li id="fn-4"><p>four</p></li></ol></section>""");
		assertThat(sections.titles()).containsExactly("A", "B");
		assertThat(sections.first(1, "<p>rest</p>").replace("\n", "")).isEqualTo(
				"<h2>A</h2><p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> <a href=\"#fn-3\">3</a></p>"
						+ "<p>rest</p><section class=\"footnotes\"><ol><li id=\"fn-1\" value=\"1\"><p>one <a href=\"#fn-4\">4</a></p></li>"
						+ "<li id=\"fn-3\" value=\"3\"><p>three</p></li><li id=\"fn-4\" value=\"4\"><p>four</p></li></ol></section>");
	}

	@Test
	void withoutReferencesThereAreNoNotes() {
		assertThat(new IssueSections(
				"<h2>A</h2><h2>B</h2><a href=\"#fn-1\">1</a><section class=\"footnotes\"><ol><li id=\"fn-1\">x</li></ol></section>")
			.first(1, "<p>rest</p>")).isEqualTo("<h2>A</h2><p>rest</p>");
	}

	@Test
	void aPictureOfASectionThatIsLeftOutDoesNotTravel() {
		String png = PictureTests.dataAddress("png", 30, 20);
		CompiledIssue issue = PictureTests.compile("---\ntitle: T\ncut: true\n---\n" + THREE + "![a](" + png + ")",
				1024);
		assertThat(issue.html(SampleMails.ANN)).doesNotContain("cid:");
		assertThat(new String(issue.message(SampleMails.ANN).content(), StandardCharsets.US_ASCII))
			.doesNotContain("multipart/related");
	}

}
