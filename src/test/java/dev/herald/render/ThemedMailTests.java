package dev.herald.render;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Font;
import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Palette;
import dev.herald.newsletter.Theme;
import dev.herald.problem.Problem;
import dev.herald.settings.OperatorFiles;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a theme and an operator's pieces make of a page. */
class ThemedMailTests {

	private static final String SECTIONS = "# Title\n\nIntro\n\n## News & *notes*\n\na\n\n### Deeper\n\nb\n\n## 工具\n\nc\n";

	private static final Theme LOOK = new Theme(
			new Palette(Theme.colour("#7a2e1d"), Theme.colour("#1f1d1a"), Theme.colour("#fdfcf9")),
			new Palette(Theme.colour("#e2957f"), Theme.colour("#ece7de"), Theme.colour("#171614")),
			Font.of("Iowan Old Style, serif"), Logo.of("https://example.org/l.png?a=1&b=2", "160x40"), 560, false);

	@TempDir
	private Path home;

	private static Newsletter newsletter(Theme theme, @Nullable String url) {
		Newsletter plain = SampleMails.newsletter("en", url);
		return new Newsletter(1, "weekly", "Weekly", plain.sender(), null, plain.language(),
				(url != null) ? URI.create(url) : null, "1 Main St\nSpringfield", theme, true, false);
	}

	private Document page(String markdown, Newsletter newsletter) {
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(this.home))
			.compile(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)), newsletter);
		Document page = Jsoup.parse(issue.html(SampleMails.ANN));
		page.outputSettings().prettyPrint(false);
		return page;
	}

	private Document page(String markdown) {
		return page(markdown, newsletter(Theme.DEFAULT, null));
	}

	private void write(String name, String content) throws IOException {
		Path file = this.home.resolve("templates").resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	@Test
	void theColoursOfAThemeAreThoseOfTheMailByDayAndByNight() {
		Document page = page("Text [link](https://example.org/)\n\n    code", newsletter(LOOK, null));
		assertThat(page.expectFirst(".page").attr("style")).contains("background-color:#fdfcf9");
		assertThat(page.expectFirst(".text").attr("style")).contains("color:#1f1d1a",
				"font-family:'Iowan Old Style',Palatino,");
		assertThat(page.expectFirst(".content a").attr("style")).contains("color:#7a2e1d");
		assertThat(page.expectFirst(".column").attr("style")).contains("max-width:560px");
		assertThat(page.expectFirst("pre").attr("style")).contains("background-color:#f2f1ee");
		assertThat(page.outerHtml()).contains("<!--[if mso]><table role=\"presentation\" width=\"560\"");
		String css = page.expectFirst("style").data();
		String dark = css.substring(css.indexOf("prefers-color-scheme:dark"));
		assertThat(dark).contains("#e2957f", "#ece7de", "#171614").doesNotContain("#8cb4ff", "#16181b");
		assertThat(page.outerHtml()).doesNotContain("#0a58ca", "#1f2328", "#ffffff");
	}

	@Test
	void everyColourOfAMailIsTheThemes() {
		String mail = page("Text [a](https://e.example)\n\n> Quote\n\n    code", newsletter(Theme.DEFAULT, null))
			.outerHtml();
		assertThat(Pattern.compile("#[0-9a-f]{6}").matcher(mail).results().map(MatchResult::group).distinct().sorted())
			.containsExactly("#0a58ca", "#16181b", "#1f2328", "#202225", "#35373a", "#474b4f", "#626569", "#8cb4ff",
					"#a6a8ab", "#bfc1c4", "#dddedf", "#e4e6e9", "#f4f4f4", "#ffffff");
	}

	@Test
	void theNameLeadsHomeWhereTheNewsletterHasAnAddress() {
		assertThat(page("Text").expectFirst(".masthead").text()).isEqualTo("Weekly");
		assertThat(page("Text").select(".masthead a")).isEmpty();
		Document page = page("---\ndate: 2026-11-24\n---\nText", newsletter(Theme.DEFAULT, "https://example.org/"));
		assertThat(page.expectFirst(".masthead .name a").attr("href")).isEqualTo("https://example.org/");
		assertThat(page.expectFirst(".masthead").text()).isEqualTo("Weekly · November 24, 2026");
	}

	@Test
	void aLogoStandsInPlaceOfTheName() {
		Document page = page("---\ndate: 2026-11-24\n---\nText", newsletter(LOOK, "https://example.org/"));
		assertThat(page.select("img")).singleElement().satisfies((logo) -> {
			assertThat(logo.attr("src")).isEqualTo("https://example.org/l.png?a=1&b=2");
			assertThat(logo.attr("alt")).isEqualTo("Weekly");
			assertThat(logo.attr("width") + "x" + logo.attr("height")).isEqualTo("160x40");
			assertThat(logo.parents().eachAttr("href")).containsExactly("https://example.org/");
		});
		assertThat(page.expectFirst(".masthead").text()).isEqualTo("November 24, 2026");
	}

	@ParameterizedTest
	@CsvSource({ "contents: true, false, 2", "toc: yes, false, 2", "contents: false, true, 0", "TOC: Off, true, 0",
			"author: x, true, 2", "author: x, false, 0", "toc: sticky, true, 2", "contents: , false, 0" })
	void anIssueAsksForContentsOrItsThemeDoes(String line, boolean theme, int entries) {
		Theme look = new Theme(LOOK.light(), LOOK.dark(), LOOK.font(), null, 600, theme);
		Document page = page("---\n" + line + "\n---\n" + SECTIONS, newsletter(look, null));
		assertThat(page.select(".contents li")).hasSize(entries);
	}

	@Test
	void contentsLeadToTheSections() {
		Document page = page("---\ncontents: true\n---\n" + SECTIONS);
		assertThat(page.select(".contents a").eachText()).containsExactly("News & notes", "工具");
		for (String anchor : page.select(".contents a").eachAttr("href")) {
			assertThat(page.select("h2" + anchor)).hasSize(1);
		}
		assertThat(page.expectFirst(".contents").attr("aria-label")).isEqualTo("In this issue");
		assertThat(page.select("h1, h2, h3").eachAttr("id")).containsExactly("section-1", "section-2");
	}

	@Test
	void oneSectionNeedsNoContents() {
		assertThat(page("---\ncontents: true\n---\n## Only\n\nText").select(".contents")).isEmpty();
		assertThat(page("---\ncontents: true\n---\nText").select(".contents")).isEmpty();
		assertThat(page("---\ncontents: true\n---\n## A\n\n## ![](https://e.example/a.png)").select(".contents"))
			.isEmpty();
	}

	@Test
	void anIssueCanNotTakeASectionsAnchor() {
		Document page = page("<p id=\"section-1\">x</p>\n\n## A\n\n<h2 id=\"fn1\">B</h2>");
		assertThat(page.select("[id]").eachAttr("id")).containsExactly("section-1", "section-2");
	}

	@Test
	void theFooterIsComplete() {
		Document page = page("Text");
		assertThat(page.expectFirst(".footer").text()).isEqualTo(
				"You get this mail because you subscribed to Weekly as ann@example.org. Unsubscribe · Preferences · View online 1 Main St Springfield");
		assertThat(page.select(".footer a").eachAttr("href")).containsExactly("https://news.example.org/u/7-11?a=1&b=2",
				"https://news.example.org/u/7-11?a=1&b=2", "https://news.example.org/archive/weekly/a");
	}

	@Test
	void withoutAnArchiveNothingIsOnline() {
		Newsletter plain = newsletter(Theme.DEFAULT, null);
		Newsletter closed = new Newsletter(1, "weekly", "Weekly", plain.sender(), null, plain.language(), null, "",
				Theme.DEFAULT, false, false);
		CompiledIssue issue = SampleMails.compile("Text", closed);
		assertThat(issue.html(SampleMails.ANN)).doesNotContain("View online", "/archive/");
		assertThat(issue.text(SampleMails.ANN)).doesNotContain("View online", "/archive/");
		assertThat(SampleMails.compile("Text", plain).text(SampleMails.ANN)).contains(
				"\nPreferences: https://news.example.org/u/7-11?a=1&b=2\nView online: https://news.example.org/archive/weekly/a\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "header", "contents", "footer" })
	void anOperatorReplacesOnePieceAndKeepsTheOthers(String piece) throws IOException {
		write("issue/" + piece + ".ftlh", "<p class=\"own\">Own ${unsubscribe}</p>");
		Document page = page("---\ncontents: true\n---\n" + SECTIONS);
		assertThat(page.select(".own")).hasSize(1);
		assertThat(page.select(".masthead")).hasSize(piece.equals("header") ? 0 : 1);
		assertThat(page.select(".contents")).hasSize(piece.equals("contents") ? 0 : 1);
		assertThat(page.select(".footer")).hasSize(piece.equals("footer") ? 0 : 1);
		assertThat(page.expectFirst("h1").attr("style")).contains("font-size:26px");
	}

	@Test
	void anOperatorsStyleIsCopiedIntoTheElements() throws IOException {
		write("issue/style.css", "<#include \"base.css\">\nh1 { color: ${theme.accent}; }");
		write("issue/base.css", "h1 { margin: 0; }\n.text { font-family: ${theme.font}; }");
		Document page = page("Text", newsletter(LOOK, null));
		assertThat(page.expectFirst("h1").attr("style")).isEqualTo("margin:0;color:#7a2e1d");
		assertThat(page.expectFirst(".text").attr("style"))
			.isEqualTo("font-family:'Iowan Old Style',Palatino,'Palatino Linotype',Georgia,serif");
	}

	@Test
	void anOperatorsWordsStandBesideThePackagedOnes() throws IOException {
		write("words/en.properties", "online=On the web\ncolophon=By hand\n");
		write("issue/footer.ftlh", "${words.colophon} ${words.online} ${unsubscribe} ${words.unsubscribe}");
		assertThat(page("Text").text()).contains("By hand On the web https://").contains("Unsubscribe");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '%', value = {
			"issue/footer.ftlh | %<p>\n ${nothing}%| templates/issue/footer.ftlh, line 2, column 4",
			"issue/footer.ftlh | %<p>\n <#if x>%| templates/issue/footer.ftlh, line 2",
			"issue/style.css | %a{}\n\n${theme.nothing}%| templates/issue/style.css, line 3, column 3",
			"issue/style.css | %a{}\n${theme.accent%| templates/issue/style.css, line 2",
			"issue/layout.ftlh | %<#macro page>\n<#nested>\n${nothing}</#macro>%| templates/issue/layout.ftlh, line 3, column 3",
			"issue/layout.ftlh | %<#macro page>\n<#nested>%| templates/issue/layout.ftlh, line",
			"issue/layout.ftlh | %<#macro other></#macro>%| templates/issue/html.ftlh, line 3, column 3",
			"issue/header.ftlh | %<#include \"own/more.ftlh\">%| templates/issue/own/more.ftlh, line 2, column 4" })
	void aFaultyPieceIsNamedWithLineAndColumn(String name, String content, String where) throws IOException {
		write("issue/own/more.ftlh", "a\n ${nothing}");
		write(name, content);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> page("Text"))
			.withMessageStartingWith(where)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n"));
	}

	@Test
	void aPieceThatIsNotUtf8IsNamed() throws IOException {
		write("issue/footer.ftlh", "");
		Files.write(this.home.resolve("templates/issue/footer.ftlh"), new byte[] { 'a', (byte) 0xFF });
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> page("Text"))
			.withMessage("templates/issue/footer.ftlh: it is not UTF-8. Save it as UTF-8.");
		write("issue/html.ftlh", "${unsubscribe}\n<#assign name = 'footer'><#include name + '.ftlh'>");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> page("Text"))
			.withMessage("templates/issue/footer.ftlh: it is not UTF-8. Save it as UTF-8.");
	}

	@Test
	void whatAPieceIncludesIsFixedForTheSendAndInItsFingerprint() throws IOException {
		write("issue/footer.ftlh",
				"<#if recipient.name == 'Bob'><#import \"../own/bob.ftlh\" as bob><@bob.hi/></#if>${unsubscribe}");
		write("own/bob.ftlh", "<#macro hi><#include \"deep.ftlh\"></#macro>");
		write("own/deep.ftlh", "Hi 1 ");
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(this.home))
			.compile(IssueReader.read("a.md", "Text".getBytes(StandardCharsets.UTF_8)), newsletter(LOOK, null));
		write("own/deep.ftlh", "Hi 2 ");
		Recipient bob = SampleMails.recipient(3, "bob@example.org", "Bob");
		assertThat(issue.html(bob)).contains("Hi 1 https://");
		CompiledIssue next = SampleMails.compiler(new OperatorFiles(this.home))
			.compile(IssueReader.read("a.md", "Text".getBytes(StandardCharsets.UTF_8)), newsletter(LOOK, null));
		assertThat(next.html(bob)).contains("Hi 2 https://");
		assertThat(next.fingerprint()).isNotEqualTo(issue.fingerprint());
	}

	@Test
	void aFileIsReadOnceByWhateverPathItIsIncluded() throws IOException {
		write("issue/html.ftlh",
				"<#include \"../own/a.ftlh\"><#include \"/own/a.ftlh\"><#include \"../issue/../own/a.ftlh\">${unsubscribe}");
		write("own/a.ftlh", "A");
		MailTemplates templates = new MailTemplates(new OperatorFiles(this.home));
		assertThat(templates.render("issue/html.ftlh", Map.of("unsubscribe", "u"))).isEqualTo("AAAu");
		assertThat(templates.sources()).containsOnlyKeys("issue/html.ftlh", "own/a.ftlh");
	}

	@Test
	void aThemeIsPartOfWhatWasApproved() {
		List<String> fingerprints = List.of(LOOK, Theme.DEFAULT)
			.stream()
			.map((theme) -> SampleMails.compile("Text", newsletter(theme, null)).fingerprint())
			.toList();
		assertThat(fingerprints).doesNotHaveDuplicates();
	}

}
