package dev.herald.render;

import java.nio.charset.StandardCharsets;

import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlTests {

	/** The issue's text, before the template gives it a look. */
	private static String body(String markdown, Newsletter newsletter) {
		LinkTargets targets = new LinkTargets(newsletter.baseUrl());
		IssueDocument issue = IssueDocument.of(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)),
				targets);
		Document page = Jsoup.parseBodyFragment(HtmlBody.render(issue, targets, newsletter));
		page.outputSettings().prettyPrint(false);
		page.select("h2[id]").removeAttr("id");
		return page.body().html().strip();
	}

	private static String body(String markdown) {
		return body(markdown, SampleMails.newsletter("en", null));
	}

	@Test
	void anItemIsALinkItsSourceAndAComment() {
		assertThat(body("""
				- [深度 | 压缩 | 机器之心](https://example.org/a) <br>
				简评：很好。
				- [Second | Hacker News](https://example.org/b)<br />
				简评：
				""")).isEqualTo("""
				<ul class="items">
				<li class="item"><p class="item-title"><a href="https://example.org/a">深度 | 压缩</a> \
				<span class="item-source">机器之心</span></p><p class="item-comment">简评：很好。</p></li>
				<li class="item"><p class="item-title"><a href="https://example.org/b">Second</a> \
				<span class="item-source">Hacker News</span></p></li>
				</ul>""");
	}

	@Test
	void aCommentThatIsOnlyALabelLeavesNoEmptyLine() {
		assertThat(body("- [1711.04528] [Title](https://example.org/a)<br />\n简评：\n")).isEqualTo(
				"<ul>\n<li><p class=\"item-title\">[1711.04528] <a href=\"https://example.org/a\">Title</a></p></li>\n</ul>");
		assertThat(body("- [Title](https://example.org/a)  \n论文：https://example.org/b  \n摘要： ")).contains("论文：")
			.doesNotContain("摘要");
		assertThat(body("- [Title](https://example.org/a)  \n步骤：\n    1. one")).contains("步骤：");
	}

	@ParameterizedTest
	@ValueSource(strings = { "简评：", "**简评：**", "<font color=red>简评：</font>", "\n  简评：", "\n  **简评:** " })
	void anEmptyCommentIsDroppedHoweverItsLabelIsSet(String label) {
		assertThat(body("- [Title](https://example.org/a)<br>\n" + label + "\n- [b](https://example.org/b)<br>x"))
			.doesNotContain("简评", "<br></", "<p></p>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r\n", "\r", "\n" })
	void anyLineEndWillDo(String end) {
		assertThat(body("# T" + end + end + "a" + end + "- b" + end + end + "😀 c"))
			.isEqualTo("<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>😀 c</p>");
	}

	@Test
	void anAddressInAChineseSentenceEndsBeforeItsPunctuation() {
		assertThat(body("官网（https://e.example/a），另见https://f.example。https://g.example/中文 <https://h.example/，>"))
			.isEqualTo("<p>官网（<a href=\"https://e.example/a\">https://e.example/a</a>），另见"
					+ "<a href=\"https://f.example\">https://f.example</a>。"
					+ "<a href=\"https://g.example/%E4%B8%AD%E6%96%87\">https://g.example/中文</a> "
					+ "<a href=\"https://h.example/%EF%BC%8C\">https://h.example/，</a></p>");
	}

	@Test
	void whatOnlyLooksLikeAMailAddressBetweenChineseWordsIsNoLink() {
		assertThat(body("天玑8000曝光，4xA78@2.75GHz")).isEqualTo("<p>天玑8000曝光，4xA78@2.75GHz</p>");
		assertThat(body("来信：a@e.example")).isEqualTo("<p>来信：<a href=\"mailto:a@e.example\">a@e.example</a></p>");
	}

	@Test
	void aBlockThatRunsAgainstThePageSaysSo() {
		assertThat(body("Hello\n\nسلام دنیا\n\n- שלום **עולם**"))
			.isEqualTo("<p>Hello</p>\n<p dir=\"rtl\">سلام دنیا</p>\n"
					+ "<ul dir=\"rtl\">\n<li>שלום <strong>עולם</strong></li>\n</ul>");
		assertThat(body("GitHub سلام دنیای بزرگ\n\nOnly English\n\n    code", SampleMails.newsletter("fa", null)))
			.isEqualTo("<p>GitHub سلام دنیای بزرگ</p>\n<p dir=\"ltr\">Only English</p>\n"
					+ "<pre dir=\"ltr\"><code>code\n</code></pre>");
		for (String language : new String[] { "ar", "fa", "he" }) {
			assertThat(SampleMails.compile("سلام", SampleMails.newsletter(language, null)).html(SampleMails.ANN))
				.contains("<html lang=\"" + language + "\" dir=\"rtl\"");
		}
	}

	@Test
	void attributeListsAlignAndSize() {
		assertThat(
				body("*a*\n{: .center onclick=\"x\"}\n\n![p](https://e.example/p.png){: width=\"300\" class=\"item\"}"))
			.isEqualTo("<p align=\"center\"><em>a</em></p>\n"
					+ "<p><img src=\"https://e.example/p.png\" alt=\"p\" width=\"300\"></p>");
	}

	@Test
	void whatIsDroppedIsAWarningWithTheLineOfTheFile() {
		assertThat(SampleMails.compile("""
				---
				title: T
				---
				<iframe src="https://v.example/"></iframe>

				<div>
				<form action="x">a</form></div>

				a <script>x</script> {% include b %} [c](javascript:d) [e](f.html) [g](#h)

				<img src="data:image/png;base64,AA" alt="i" onerror="j">
				""").warnings()).extracting((warning) -> warning.line() + " " + warning.what())
			.containsExactly("4 <iframe> works in no mail", "7 <form> works in no mail",
					"9 The Liquid tag {% include b %} stands for nothing here", "9 <script> works in no mail",
					"9 The address javascript:d works in no mail", "9 The address f.html works in no mail",
					"11 <img onerror=…> runs a script", "11 The address data:image/png;base64,AA works in no mail");
	}

	@Test
	void aSoundIssueHasNoWarnings() {
		assertThat(SampleMails.compile("# A\n\n[b](https://e.example) <br> <font color=red>c</font>\n\n[d](#e)")
			.warnings()).isEmpty();
	}

	@Test
	void aListOfLinksWithListsBelowIsNoListOfItems() {
		assertThat(body("- [a](https://example.org/a)\n  - [b](https://example.org/b)")).doesNotContain("\"item\"");
	}

	@Test
	void ordinaryListsAndBarsStayAsTheyAre() {
		assertThat(body("- a [link | x](https://example.org/) in a text\n- b"))
			.isEqualTo("<ul>\n<li>a <a href=\"https://example.org/\">link | x</a> in a text</li>\n<li>b</li>\n</ul>");
	}

	@Test
	void aColourThatAnEditorGaveCanBeRead() {
		assertThat(body("<font color=\"red\">a</font> <font color=\"#123456\">b</font>"))
			.isEqualTo("<p><font color=\"#e50000\">a</font> <font color=\"#123456\">b</font></p>");
		assertThat(body("<font color=\"yellow\">a</font>")).isEqualTo("<p><font color=\"#787800\">a</font></p>");
		assertThat(body("<font color=\"peachpuff\">a</font>")).isEqualTo("<p><font>a</font></p>");
	}

	@Test
	void aControlIsASpace() {
		assertThat(body("a\u0007b `c\u001bd` &#7; ![e\u0008f](https://example.org/a.png)"))
			.isEqualTo("<p>a b <code>c d</code>   <img src=\"https://example.org/a.png\" alt=\"e f\"></p>");
	}

	@Test
	void aTableHasNoEmptyHeaders() {
		assertThat(body("| | b |\n|-|-|\n| c | d |").replaceAll("\\n", "")).isEqualTo(
				"<table class=\"whole-words\"><thead><tr><td></td><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>");
		assertThat(body("| | |\n|-|-|\n| c | d |").replaceAll("\\s", ""))
			.isEqualTo("<tableclass=\"whole-words\"><tbody><tr><td>c</td><td>d</td></tr></tbody></table>");
	}

	@Test
	void theHeadingThatGaveTheTitleIsShownOnce() {
		assertThat(body("# Hello *world*\n\nText")).isEqualTo("<p>Text</p>");
		assertThat(body("<!-- note -->\n\n# Hello\n\nText")).isEqualTo("<p>Text</p>");
		assertThat(body("---\ntitle: Other\n---\n# Hello\n\nText")).isEqualTo("<h2>Hello</h2>\n<p>Text</p>");
		assertThat(body("Intro\n\n# News\n\nText")).isEqualTo("<p>Intro</p>\n<h2>News</h2>\n<p>Text</p>");
	}

	@Test
	void sectionsBeginAtLevelTwo() {
		assertThat(body("### A\n\n##### B\n\nText")).isEqualTo("<h2>A</h2>\n<h3>B</h3>\n<p>Text</p>");
		assertThat(body("## A\n\n### B\n\n## C\n\n# D\n\nText").replaceAll("\\s", ""))
			.isEqualTo("<h2>A</h2><h3>B</h3><h2>C</h2><h2>D</h2><p>Text</p>");
	}

	@Test
	void threeHyphensAreADashWhereKramdownWouldMakeOne() {
		String text = "Thanks---to *all*---from us, `a---b`, --all, ----, https://example.org/a---b [it---is](https://example.org/c---d)";
		assertThat(body("---\nlayout: post\n---\n" + text)).contains("Thanks—to <em>all</em>—from us",
				"<code>a---b</code>, --all, ----, <a href=\"https://example.org/a---b\">https://example.org/a---b</a>",
				"<a href=\"https://example.org/c---d\">it—is</a>");
		assertThat(body(text)).contains("Thanks---to");
	}

	@Test
	void tablesTasksStrikethroughAndFootnotesAreMarkdown() {
		String html = body("""
				| a | b |
				|---|--:|
				| 1 | 2 |

				- [x] done
				- [ ] open

				1. [ ] first

				~~gone~~ https://example.org/x note[^1]

				[^1]: The note.
				""");
		assertThat(html).contains("<th>a</th>\n<th align=\"right\">b</th>", "<li class=\"task\">☑ done</li>",
				"<li class=\"task\">☐ open</li>", "<li>☐ first</li>", "<del>gone</del>",
				"<a href=\"https://example.org/x\">https://example.org/x</a>", "The note.",
				"<section class=\"footnotes\"", "href=\"#fn-1\"");
	}

	@Test
	void tablesKeepTheirWordsWholeWhereTheyFitAPhone() {
		String rule = "|---|---|---:|\n";
		String heads = "| Contributor | Merged changes | 1 |\n" + rule;
		assertThat(body(heads + "| a | b | 12 |\n")).startsWith("<table class=\"whole-words\">");
		assertThat(body(heads + "| a | ways of cooperation | 12 |\n")).startsWith("<table class=\"whole-words\">");
		assertThat(body(heads + "| a | internationalisation | 12 |\n")).startsWith("<table class=\"whole-heads\">");
		assertThat(body(heads + "| a | b | 1234 5678 9012 |\n")).startsWith("<table>");
		assertThat(body("| Contributor | Reorganisation | Responsibility |\n" + rule + "| a | b | c |\n"))
			.startsWith("<table>");
	}

	@Test
	void codeInATableMayBreakSoThatWordsStayWhole() {
		String rule = "| | Script | Witness |\n|---|---|---|\n";
		assertThat(body(rule + "| **Cooperating** | `<hash> OP_MAST` | `<pubkey> OP_CHECKSIG` |\n"))
			.startsWith("<table class=\"whole-words\">");
		assertThat(body(rule + "| **Cooperating** | hash OP_MAST | pubkey OP_CHECKSIG |\n"))
			.startsWith("<table class=\"whole-heads\">");
	}

	@Test
	void ofTablesInOneAnotherTheInnermostIsLookedAt() {
		assertThat(body("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>"))
			.startsWith("<table><tbody><tr><td><table class=\"whole-words\">");
	}

	@Test
	@Timeout(10)
	void manyTablesInOneAnotherAreReadOnce() {
		assertThat(body("<table><tr><td>".repeat(300) + "a" + "</td></tr></table>".repeat(300))).contains("a");
	}

	@Test
	void aCellOfChineseIsAsWideAsOneOfItsCharacters() {
		assertThat(body("| 项目 | 说明 |\n|---|---|\n| Kubernetes | 这是一个很长的说明，没有空格也可以换行，所以不必担心宽度 |\n"))
			.startsWith("<table class=\"whole-words\">");
	}

	@Test
	void aChineseLineEndIsNoSpace() {
		assertThat(body("中文，\n中文\nand\nEnglish")).isEqualTo("<p>中文，中文\nand\nEnglish</p>");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '%', value = { "a <script>alert(1)</script> b ~ <p>a  b</p>",
			"%<script>\nalert(1)\n</script>\n\nb% ~ <p>b</p>", "%<script>\n\nText after% ~ Text after",
			"a <script>b c ~ <p>a b c</p>", "<img src=x onerror=alert(1)>b ~ <p>b</p>",
			"<img src=https://a.example/x onerror=alert(1)>b ~ %<p><img src=\"https://a.example/x\" alt=\"\">b</p>%",
			"[a](javascript:alert(1)) ~ <p>a</p>", "[a](JaVaScRiPt&#58;alert(1)) ~ <p>a</p>",
			"[a](data:text/html;base64,xx) ~ <p>a</p>", "![a](data:image/png;base64,xx) ~ <p>a</p>",
			"<a href=\" javascript:alert(1)\">a</a> ~ <p><a>a</a></p>",
			"<a href=\"java&#10;script:alert(1)\" onclick=x()>a</a> ~ <p><a>a</a></p>", "[a](<>) ~ <p>a</p>",
			"<p style=\"position:fixed\" class=\"preheader\" id=x onmouseover=y>a</p> ~ <p>a</p>",
			"%<form action=x><input name=y>a<button>b</button></form>% ~ ab",
			"<iframe src=https://e.example>x</iframe>b ~ b", "%a <textarea>b% ~ <p>a b</p>",
			"<svg><a href=javascript:x>y</a></svg>b ~ <p>b</p>",
			"Vec<T> of <AsyncT> ~ <p>Vec&lt;T&gt; of &lt;AsyncT&gt;</p>", "%<T>\nx% ~ %&lt;T&gt;\nx%",
			"a <!-- b --> c ~ <p>a  c</p>", "<base href=https://e.example>a<meta http-equiv=refresh content=0>b ~ ab",
			"</div></td></table>a ~ a", "a {{ page.x }} {% y %}b {:.z} ~ <p>a b {:.z}</p>" })
	void hostileAndClumsyHtmlIsTamedAndNoTextIsLost(String markdown, String html) {
		assertThat(body(markdown).replaceAll("\\s+", " ")).isEqualTo(html.replaceAll("\\s+", " "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<font color=\"#cc0000\">a</font>", "a<br>\nb", "<kbd>a</kbd>", "<sub>a</sub>",
			"<abbr title=\"b\">a</abbr>" })
	void harmlessHtmlStays(String html) {
		assertThat(body(html)).isEqualTo("<p>" + html + "</p>");
	}

	@Test
	void detailsAndDefinitionListsStay() {
		assertThat(body("<dl><dt>a</dt><dd>b</dd></dl>\n\nx")).startsWith("<dl><dt>a</dt><dd>b</dd></dl>");
		assertThat(body("<details><summary>s</summary>\n\n*a*\n\n</details>"))
			.contains("<details open><summary>s</summary>", "<p><em>a</em></p>");
	}

	@ParameterizedTest
	@CsvSource({ "a.html,https://example.org/news/a.html", "/b,https://example.org/b",
			"../c?d=1&e,https://example.org/c?d=1&amp;e", "//cdn.example/x,https://cdn.example/x",
			"%E4%BD,https://example.org/news/%E4%BD", "中 文,https://example.org/news/%E4%B8%AD%20%E6%96%87",
			"HTTP://Example.org/,http://Example.org/", "mailto:a@example.org,mailto:a@example.org",
			"irc://irc.example.org/news,irc://irc.example.org/news" })
	void relativeLinksAreResolvedAgainstTheNewslettersBaseUrl(String link, String url) {
		Newsletter newsletter = SampleMails.newsletter("en", "https://example.org/news/");
		assertThat(body("[x](<" + link + ">)", newsletter)).isEqualTo("<p><a href=\"" + url + "\">x</a></p>");
		assertThat(body("<a href=\"" + link + "\">x</a>", newsletter))
			.isEqualTo("<p><a href=\"" + url + "\">x</a></p>");
	}

	@Test
	void withoutABaseUrlARelativeLinkIsItsText() {
		assertThat(body("[x](a.html) [y](#z) ![alt](a.png)")).isEqualTo("<p>x y alt</p>");
	}

	@Test
	void thePageSaysLanguageAndDirectionAndHasAPreheader() {
		Document page = Jsoup
			.parse(SampleMails.compile("# שלום\n\nטקסט <b>x</b> & y", SampleMails.newsletter("he", null))
				.html(SampleMails.ANN));
		assertThat(page.expectFirst("html").attr("lang")).isEqualTo("he");
		assertThat(page.expectFirst("html").attr("dir")).isEqualTo("rtl");
		assertThat(page.expectFirst(".preheader").text()).isEqualTo("טקסט x & y");
		assertThat(page.select("h1")).hasSize(1);
		assertThat(page.title()).isEqualTo("שלום");
	}

	@Test
	void titlesAndNamesAreEscaped() {
		assertThat(SampleMails.compile("---\ntitle: <script>x</script>\n---\nText").html(SampleMails.ANN))
			.contains("<title>&lt;script&gt;x&lt;/script&gt;</title>")
			.doesNotContain("<script");
	}

	@Test
	void stylesAreOnTheElementsAndTheStyleElementKeepsTheRest() {
		Document page = Jsoup.parse(SampleMails.compile("## A\n\nText").html(SampleMails.ANN));
		assertThat(page.expectFirst(".content h2").attr("style")).contains("font-size:20px;");
		assertThat(page.expectFirst(".content p").attr("style")).isEqualTo("margin:0 0 16px");
		assertThat(page.expectFirst("style").data()).contains("@media (max-width:480px){.text{",
				"@media (prefers-color-scheme:dark){");
	}

	@Test
	@Timeout(60)
	void hostileSizesRenderInBoundedTime() {
		for (String part : new String[] { "<div>", "<b>", "<!-- ", "<script>\n\n", "<b ", "<a href='\n\n",
				"<a href='x'>", "x", "中", "- [a | b](http://c/)  \nd:\n", "http://a/ ", "[a](b | ", " | ", "</td>",
				"😀", "> ", "|a|\n|-|\n", "[^1] ", "[^1]: x\n\n", "&#0;", "שלום" }) {
			CompiledIssue issue = SampleMails.compile("Text\n\n" + part.repeat(20_000 / part.length()));
			assertThat(MessageTests.isClean(issue.message(SampleMails.ANN).content())).as(part).isTrue();
			assertThat(issue.text(SampleMails.ANN)).contains("Text");
		}
	}

}
