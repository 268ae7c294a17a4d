package dev.herald.render;

import dev.herald.css.CssException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A page is made smaller, and looks as it did. */
class MinimisingTests {

	private static String finished(String page) {
		return new HtmlFormat().finish(page);
	}

	/** What is in the body of a page with these rules. */
	private static String body(String css, String html) {
		String page = finished("<style>" + css + "</style><body>" + html + "</body>");
		return page.substring(page.indexOf("<body>") + 6, page.indexOf("</body>"));
	}

	/** What stays in the style element. */
	private static String sheet(String css, String html) {
		String page = finished("<style>" + css + "</style><body>" + html + "</body>");
		return page.contains("<style>") ? page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>")) : "";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '%', ignoreLeadingAndTrailingWhitespace = false, value = {
			"%<p>a</p>\n \t<p>b</p>%~<p>a</p><p>b</p>", "%<div>\n<p>a</p>\n</div>%~<div><p>a</p></div>",
			"<p>a</p> <b>b</b>~<p>a</p> <b>b</b>", "<b>a</b> <i>b</i>~<b>a</b> <i>b</i>",
			"<p><b>a</b> <br> b</p>~<p><b>a</b> <br> b</p>", "<p>a</p>\u00a0<p>b</p>~<p>a</p>&nbsp;<p>b</p>",
			"<p> </p>~<p> </p>", "%<pre>a\n  b </pre>%~%<pre>a\n  b </pre>%",
			"%<pre><p>a</p>\n<p>b</p></pre>%~%<pre><p>a</p>\n<p>b</p></pre>%",
			"%<div style='white-space:pre-wrap'><p>a</p>\n<p>b</p></div>%~%<div style=\"white-space:pre-wrap\"><p>a</p>\n<p>b</p></div>%",
			"%<ul><li style='display: inline-block'>a</li>\n<li>b</li></ul>%~%<ul><li style=\"display:inline-block\">a</li>\n<li>b</li></ul>%",
			"<p>a</p> <!-- b --> <p>c</p>~<p>a</p><p>c</p>", "a <!-- b --> c~a  c",
			"<p>a</p> <!--[if mso]> x <![endif]--> <p>b</p>~<p>a</p><!--[if mso]> x <![endif]--><p>b</p>",
			"<!--[if !mso]><!--> <p>b</p> <!--<![endif]-->~<!--[if !mso]><!--><p>b</p><!--<![endif]-->" })
	void whiteSpaceBetweenBlocksAndCommentsGo(String html, String minimised) {
		assertThat(body("", html)).isEqualTo(minimised);
	}

	/** Removed one by one, half as many took more than 20 s. */
	@Test
	@Timeout(20)
	void twoHundredThousandSpacesBetweenBlocksAreNoTrouble() {
		assertThat(body("", "<hr>\n".repeat(200_000))).isEqualTo("<hr>".repeat(200_000));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '|', value = {
			"color : red ; margin: 0  0 1px;~color:red;margin:0 0 1px",
			"font-family: 'A  B', serif~|font-family:'A  B',serif|", "margin:1px;margin:2px~margin:2px",
			"margin-top:1px;margin:2px~margin:2px", "margin:1px;margin-top:2px~margin:1px;margin-top:2px",
			"color:red!important;color:blue~color:red!important", "COLOR: red ! important~color:red!important",
			"width:90%;width:calc(100% - 2em)~width:90%;width:calc(100% - 2em)",
			"display:block;display:flex~display:block;display:flex",
			"border-radius:1px;border:0~border-radius:1px;border:0",
			"background:url(data:image/png;base64,AA==);color:red~|background:url('data:image/png;base64,AA==');color:red|",
			"; ;c:d;~c:d", "font-family:\"A B\"~|font-family:'A B'|", "--Own: 1;--own: 2~--Own:1;--own:2" })
	void aStyleAttributeHasNothingInVain(String style, String minimised) {
		String attribute = style.replace("\"", "&quot;");
		assertThat(body("", "<p style=\"" + attribute + "\">a</p>")).isEqualTo("<p style=\"%s\">a</p>", minimised);
	}

	@Test
	void aLaterRuleAndAnElementsOwnStyleWin() {
		assertThat(body("p { color: red; margin: 0 } .x { color: blue }", "<p class=x style='margin: 1px'>a</p>"))
			.isEqualTo("<p class=\"x\" style=\"color:blue;margin:1px\">a</p>");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', value = { "padding-inline-start: 1px~padding-left:1px~padding-right:1px",
			"margin-inline-end: 1px~margin-right:1px~margin-left:1px",
			"border-inline-start: 1px solid red~border-left:1px solid red~border-right:1px solid red",
			"border-inline-end-color: red~border-right-color:red~border-left-color:red",
			"text-align: start~text-align:left~text-align:right", "text-align: end~text-align:right~text-align:left",
			"margin-block-start: 1px~margin-top:1px~margin-top:1px" })
	void logicalSidesArePhysicalByTheDirectionOfTheElement(String css, String left, String right) {
		assertThat(body("p { " + css + " }", "<p>a</p><div dir=rtl><p>b</p><p dir=ltr>c</p></div><p dir=auto>d</p>"))
			.isEqualTo(
					"<p style=\"%1$s\">a</p><div dir=\"rtl\"><p style=\"%2$s\">b</p><p dir=\"ltr\" style=\"%1$s\">c</p></div><p dir=\"auto\" style=\"%3$s\">d</p>",
					left, right, css.replace(": ", ":"));
	}

	@Test
	void theStyleElementKeepsWhatNoAttributeCanSay() {
		assertThat(sheet("""
				/* note */ p, a:hover { color: red }
				.ExternalClass p { line-height: 100% }
				a[x-apple-data-detectors] { color: inherit }
				.gone { color: red }  .box > pre { margin: 0 }
				.box blockquote p, .box pre > a, .box td:first-child { margin: 0 }
				@media (max-width: 480px) and (color) {
				  .box , .x::after { margin : 0 !important; content: "a : b" }
				}
				""", "<div class=box><p>a</p></div>")).isEqualTo("a:hover{color:red}.ExternalClass p{line-height:100%}"
				+ "a[x-apple-data-detectors]{color:inherit}.gone{color:red}.box td:first-child{margin:0}"
				+ "@media (max-width:480px) and (color){.box,.x::after{margin:0!important;content:'a : b'}}");
		assertThat(sheet("p { color: red }", "<p>a</p>")).isEmpty();
		assertThat(finished("<style media=print>p { color: red }</style><p>a</p>"))
			.contains("<style media=\"print\">p { color: red }</style>", "<p>a</p>");
	}

	@Test
	void classesOfItemsThatNoRuleNamesGo() {
		String html = "<p class=\"item own item-title\">x</p><p class=\"item\">y</p><!--[if mso]><style>.items{}</style><![endif]-->";
		assertThat(body("@media print { .item-title { color: red } } .item { margin: 0 }", html)).isEqualTo(
				"<p class=\"own item-title\" style=\"margin:0\">x</p><p style=\"margin:0\">y</p><!--[if mso]><style>.items{}</style><![endif]-->");
		assertThat(body("[class~=item]:hover { margin: 0 }", html)).contains("class=\"item own item-title\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '%',
			value = { "}}}{{{", "@media{", "p{color red", "p{a:b}c{d:e}}", "{}", "<p>", "/*" })
	void brokenStylesAreFoundWhereverTheyStand(String css) {
		assertThatExceptionOfType(CssException.class)
			.isThrownBy(() -> finished("<style>" + css + "</style><p>text</p>"));
		assertThatExceptionOfType(CssException.class)
			.isThrownBy(() -> finished("<style media=print>" + css + "</style><p>text</p>"));
		assertThatExceptionOfType(CssException.class).isThrownBy(() -> finished("<p style='" + css + "'>text</p>"));
	}

	@Test
	void minimisingTwiceChangesNothing() {
		String once = SampleMails
			.compile("## A\n\n- [b | c](https://e.example)<br>d\n\n> e\n\n`f` ![g](https://e.example/h.png)")
			.html(SampleMails.ANN);
		assertThat(finished(once)).isEqualTo(once);
	}

}
