package dev.herald.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.settings.OperatorFiles;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArchiveCompilerTests {

	private static final Newsletter ENGLISH = SampleMails.newsletter("en", "https://blog.example.org/");

	@TempDir
	private Path home;

	private ArchiveCompiler compiler() {
		return new ArchiveCompiler(new OperatorFiles(this.home), SampleMails.INSTALLATION, RenderSettings.defaults());
	}

	private ArchivePage compile(String markdown, Newsletter newsletter) {
		return compiler().compile(IssueReader.read("第300期.md", markdown.getBytes(StandardCharsets.UTF_8)), newsletter,
				true);
	}

	@Test
	void thePageIsWholeAndHasThePicturesThatTravelWithTheMail() {
		String picture = PictureTests.dataAddress("png", 30, 20);
		String markdown = "---\ntitle: T\ncut: true\n---\n![a dot](" + picture + ")\n\n" + "## A\n\n"
				+ "words ".repeat(18_000) + "\n\n## Last\n\nThe end.";
		ArchiveCompiler embedding = new ArchiveCompiler(new OperatorFiles(this.home), SampleMails.INSTALLATION,
				new RenderSettings(DataSize.ofKilobytes(10), false));
		String html = embedding
			.compile(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)), ENGLISH, true)
			.html();
		assertThat(html).contains("The end.", "src=\"" + picture + "\"").doesNotContain("Read the rest", "cid:");
	}

	private void template(String content) throws IOException {
		Path file = this.home.resolve("templates/archive/issue.ftlh");
		Files.createDirectories(file.resolveSibling("x").getParent());
		Files.writeString(file, content);
	}

	@Test
	void aPageSaysWhatItIsToPeopleAndToSearchEngines() {
		Document page = Jsoup.parse(compile("""
				---
				title: Kettles & <tea>
				date: 2026-11-24
				preheader: Copper, "loud"
				---
				## News

				[Kettles](/kettles) are back.
				""", ENGLISH).html());
		assertThat(page.title()).isEqualTo("Kettles & <tea> · Weekly");
		assertThat(page.select("html").attr("lang")).isEqualTo("en");
		assertThat(page.select("link[rel=canonical]").attr("href"))
			.isEqualTo("https://news.example.org/archive/weekly/%E7%AC%AC300%E6%9C%9F");
		assertThat(page.select("meta[name=description]").attr("content")).isEqualTo("Copper, \"loud\"");
		assertThat(page.select("h1").eachText()).containsExactly("Kettles & <tea>");
		assertThat(page.select("h2").eachText()).containsExactly("News");
		assertThat(page.select("time").attr("datetime")).isEqualTo("2026-11-24");
		assertThat(page.select(".masthead").text())
			.isEqualTo("Weekly · 24 November 2026".replace("24 November", "November 24,"));
		assertThat(page.select(".content a").attr("href")).isEqualTo("https://blog.example.org/kettles");
		assertThat(page.select("footer p:first-child").text()).isEqualTo("An issue of Weekly, as it went out by mail.");
	}

	@Test
	void nobodyIsNamedOnIt() {
		String html = compile("Text", ENGLISH).html();
		assertThat(html).doesNotContain("/u/", "unsubscribe", "Unsubscribe", "@example", "{address}", "Sample",
				"1 Main");
	}

	@Test
	void rawHtmlGoesThroughTheSameListAsInAMail() {
		String html = compile(
				"Text <b>bold</b> <script>alert(1)</script><img src=\"https://e.example/a.png\" onerror=\"x()\"> <a href=\"javascript:x\">y</a>\n\n<form><input></form>",
				ENGLISH)
			.html();
		assertThat(html).contains("<b>bold</b>")
			.doesNotContain("<script", "alert(1)", "onerror", "javascript:", "<form", "<input");
	}

	@Test
	void itsPolicyNamesItsStyleByTheOctetsThatABrowserHashes() throws Exception {
		template("<html><head><style>a{}\r\nb{}</style></head><body><style>\nc{}</style>${issue.body}</body></html>");
		ArchivePage page = compile("Text", ENGLISH);
		assertThat(page.styles()).isEqualTo("'sha256-" + sha256("a{}\nb{}") + "' 'sha256-" + sha256("\nc{}") + "'");
		assertThat(page.html()).contains("<style>a{}\nb{}</style>", "<style>\nc{}</style>");
		template("${issue.body}");
		assertThat(compile("Text", ENGLISH).styles()).isEqualTo("'none'");
	}

	private static String sha256(String text) throws Exception {
		return Base64.getEncoder()
			.encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void theShippedTemplatesHaveNoStyleThatTheirPolicyKeepsOut() {
		Document page = Jsoup
			.parse(compile("| a | b |\n|--:|---|\n| 1 | 2 |\n\n- [x](https://e.example) | e", ENGLISH).html());
		assertThat(page.select("[style], script, link[rel=stylesheet]")).isEmpty();
		assertThat(page.select("style")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "en, ltr, false", "zh-CN, ltr, true", "he, rtl, false", "ar, rtl, false" })
	void aPageIsWrittenAsItsLanguageIs(String language, String direction, boolean cjk) {
		Document page = Jsoup.parse(compile("Text", SampleMails.newsletter(language, null)).html());
		assertThat(page.select("html").attr("lang")).isEqualTo(language);
		assertThat(page.select("html").attr("dir")).isEqualTo(direction);
		assertThat(page.body().hasClass("cjk")).isEqualTo(cjk);
	}

	@Test
	void anOperatorsTemplateIsTakenAndAFaultyOneNamed() throws IOException {
		String before = compiler().fingerprint(ENGLISH);
		template("<p>${issue.title}: ${issue.online}</p>${issue.body}");
		assertThat(compile("# A\n\nText", ENGLISH).html())
			.contains("<p>A: https://news.example.org/archive/weekly/%E7%AC%AC300%E6%9C%9F</p><p>Text</p>");
		assertThat(compiler().fingerprint(ENGLISH)).isNotEqualTo(before);
		template("${unsubscribe}");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("Text", ENGLISH))
			.withMessageStartingWith("templates/archive/issue.ftlh, line 1, column 3: ");
		template("${words.why}");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("Text", ENGLISH))
			.withMessageStartingWith("templates/archive/issue.ftlh, line 1, column 3: ");
	}

	@Test
	void theFingerprintIsTheSameForTheSameFilesAndChangesWithWhatIsIncluded() throws IOException {
		assertThat(compiler().fingerprint(ENGLISH)).isEqualTo(compiler().fingerprint(ENGLISH));
		String before = compiler().fingerprint(ENGLISH);
		template("<#import \"frame.ftlh\" as frame>x");
		String own = compiler().fingerprint(ENGLISH);
		Files.writeString(this.home.resolve("templates/archive/frame.ftlh"), "<#macro page></#macro>");
		assertThat(compiler().fingerprint(ENGLISH)).isNotIn(before, own);
	}

	@ParameterizedTest
	@CsvSource({ "en, en, There is no such page", "zh-TW, zh, 没有这个页面", "fr, en, There is no such page" })
	void whatIsMissingIsSaidInTheVisitorsLanguage(String asked, String lang, String title) {
		Document page = Jsoup.parse(compiler().missing(Locale.forLanguageTag(asked)).html());
		assertThat(page.select("html").attr("lang")).isEqualTo(lang);
		assertThat(page.select("h1").text()).isEqualTo(title);
		assertThat(page.select("meta[name=robots]").attr("content")).isEqualTo("noindex");
	}

}
