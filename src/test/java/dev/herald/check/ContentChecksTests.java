package dev.herald.check;

import java.nio.file.Path;

import dev.herald.check.Finding.Check;
import dev.herald.render.RenderSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Links, pictures, headings, leftovers and words of the Markdown. */
class ContentChecksTests extends CheckTest {

	@Test
	void codeAtTheBeginningThatBecomesThePreheaderIsCode() {
		assertThat(found(Check.LEFTOVER, check("Write `${HOME}`, `{{ x }}` and `TODO`.\n"))).isEmpty();
	}

	@Test
	void aLinkWithoutAddressIsAnError() {
		assertThat(foundIn(Check.EMPTY_LINK, "See\n[here]() and\n[there]( <> ).\n"))
			.containsExactly("error 6 The link “here” has no address.", "error 7 The link “there” has no address.");
		assertThat(foundIn(Check.EMPTY_LINK, "See [here](https://example.org/).")).isEmpty();
	}

	@Test
	void aLinkWithoutTextIsAWarning() {
		assertThat(foundIn(Check.EMPTY_LINK, "a [](https://example.org/x) b"))
			.containsExactly("warning 5 The link to https://example.org/x has no text.");
		assertThat(foundIn(Check.EMPTY_LINK, "[![](https://example.org/a.png)](https://example.org/x)")).hasSize(1);
		assertThat(foundIn(Check.EMPTY_LINK, "[![A cat](https://example.org/a.png)](https://example.org/x)")).isEmpty();
		assertThat(foundIn(Check.EMPTY_LINK, "<div>\n<a href=\"https://example.org/x\"></a></div>"))
			.containsExactly("warning 6 The link to https://example.org/x has no text.");
		assertThat(foundIn(Check.EMPTY_LINK, "a <a href=\"https://example.org/x\">b</a> <https://example.org/y>"))
			.isEmpty();
	}

	@Test
	void aRelativeLinkNeedsABaseUrl() {
		assertThat(foundIn(Check.LOST_LINK, "[old](../old.html)"))
			.containsExactly("error 5 The link “old” goes to ../old.html, which is no whole address.");
		assertThat(found(Check.LOST_LINK,
				check("[old](../old.html)", newsletter("https://example.org/n/", ""), Path.of(""))))
			.isEmpty();
	}

	@Test
	void aLinkToAPlaceOnThePageAndOneOfAForeignSchemeAreLost() {
		assertThat(foundIn(Check.LOST_LINK, "[up](#top)\n\n[f](gopher://example.org/f)\n\n[m](mailto:a@example.org)"))
			.containsExactly("warning 5 The link “up” goes to a place on the page (#top).",
					"warning 7 The link “f” has an address that works in no mail (gopher://example.org/f).");
		assertThat(foundIn(Check.LOST_LINK, "note[^1]\n\n[^1]: The note.")).isEmpty();
	}

	@Test
	void anHttpLinkIsAWarning() {
		assertThat(foundIn(Check.HTTP_LINK, "\n\n[a](HTTP://example.org/)"))
			.containsExactly("warning 7 The link “a” begins with http://.");
		assertThat(foundIn(Check.HTTP_LINK, "[a](https://example.org/) http is a word")).isEmpty();
	}

	@Test
	void anAddressThatComesTwiceUnderOtherWordsIsAWarning() {
		assertThat(foundIn(Check.DUPLICATE_LINK,
				"- [Apples](https://example.org/1)\n- [Pears](https://example.org/2)\n- [Plums](https://example.org/1)\n"))
			.containsExactly(
					"warning 7 “Plums” and “Apples” (line 5) lead to the same address, https://example.org/1.");
		assertThat(foundIn(Check.DUPLICATE_LINK, "[a](https://example.org/1) [b](https://example.org/2)")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[Rust Berlin](https://e.org/1)\n\n[rust berlin](https://e.org/1)",
			"[Rust](https://e.org/1)\n\n[Rust, the book](https://e.org/1)",
			"[A paper](https://e.org/1)\n\nLink: https://e.org/1",
			"[A paper](https://e.org/1), read it [here](https://e.org/1)",
			"[![CC BY](https://e.org/cc.png)](https://e.org/1) [Licence](https://e.org/1)",
			"<a href=\"https://e.org/1\"><img src=\"https://e.org/cc.png\" alt=\"CC\"></a> <a href=\"https://e.org/1\">Licence</a>",
			"[Apples](https://e.org/)\n\n[Pears](https://e.org/)", "[一篇文章](https://e.org/1) [链接](https://e.org/1)" })
	void anAddressThatIsMeantTwiceIsNone(String text) {
		assertThat(foundIn(Check.DUPLICATE_LINK, text)).isEmpty();
	}

	@Test
	void aPictureNeedsAnAlternativeText() {
		assertThat(foundIn(Check.ALT, "![](https://example.org/a.png)\n\n![A cat](https://example.org/b.png)"))
			.containsExactly("warning 5 The picture https://example.org/a.png has no alternative text.");
		assertThat(foundIn(Check.ALT, "a\n\n<p>\n<img src=\"https://example.org/a.png\"></p>"))
			.containsExactly("warning 8 The picture https://example.org/a.png has no alternative text.");
		assertThat(foundIn(Check.ALT, "![A cat](https://example.org/b.png)")).isEmpty();
	}

	@Test
	void aPictureNeedsItsSize() {
		assertThat(foundIn(Check.PICTURE_SIZE, "![A cat](https://example.org/b.png)"))
			.containsExactly("warning 5 The picture https://example.org/b.png has no size.");
		assertThat(foundIn(Check.PICTURE_SIZE,
				"<img src=\"https://example.org/b.png\" alt=\"A cat\" width=\"60\" height=\"40\">"))
			.isEmpty();
	}

	@Test
	void aPictureOverHttpIsAWarning() {
		assertThat(foundIn(Check.HTTP_LINK, "![a](http://example.org/a.png)"))
			.containsExactly("warning 5 The picture http://example.org/a.png begins with http://.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<img data-src=\"https://e.org/a.png\" alt=\"a\">",
			"<p><img src=\"data:image/gif;base64,AAAA\" data-original=\"https://e.org/a.png\" alt=\"a\"></p>" })
	void aPictureThatWaitsForAScriptIsOneError(String text) {
		assertThat(foundIn(Check.LAZY_PICTURE, "a\n\n" + text)).singleElement()
			.asString()
			.startsWith("error 7 A picture waits for a script: its address is in data-");
		assertThat(foundIn(Check.LOST_PICTURE, text)).isEmpty();
		assertThat(foundIn(Check.LOST_LINK, text)).isEmpty();
	}

	@Test
	void aPictureThatHasItsAddressWaitsForNobody() {
		assertThat(foundIn(Check.LAZY_PICTURE,
				"<img src=\"https://e.org/a.png\" data-src=\"https://e.org/a.png\" loading=\"lazy\" alt=\"a\">"))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://e.org/img/blank.gif", "https://e.org/lazyload.png?x", "https://e.org/a/1x1.gif",
			"https://e.org/placeholder-300.png" })
	void aPlaceholderIsAWarning(String address) {
		assertThat(foundIn(Check.LAZY_PICTURE, "![a](" + address + ")"))
			.containsExactly("warning 5 The picture " + address + " looks like a placeholder.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://e.org/loading-times.png", "https://e.org/blank/cheque.png",
			"https://e.org/pixel-art.gif", "https://e.org/a.png?lazy" })
	void anOrdinaryPictureIsNoPlaceholder(String address) {
		assertThat(foundIn(Check.LAZY_PICTURE, "![a](" + address + ")")).isEmpty();
		assertThat(foundIn(Check.PICTURE_HOST, "![a](" + address + ")")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://mmbiz.qpic.cn/mmbiz_png/x/640, is on a server of WeChat.",
			"https://wx1.sinaimg.cn/a.jpg, is on a server of Weibo.",
			"https://cdn.discordapp.com/a.png, has an address that expires.",
			"https://b.s3.amazonaws.com/a.png?X-Amz-Expires=9, has an address that expires." })
	void aHostThatHoldsItsPicturesBackIsAWarning(String address, String what) {
		assertThat(foundIn(Check.PICTURE_HOST, "![a](" + address + ")"))
			.containsExactly("warning 5 The picture " + address + " " + what);
		assertThat(foundIn(Check.PICTURE_HOST, "[a](" + address + ")")).as("a link to it").isEmpty();
	}

	@Test
	void aHostThatIsOnlyCalledLikeOneIsNone() {
		assertThat(foundIn(Check.PICTURE_HOST, "![a](https://notsinaimg.cn/a.png) ![b](https://qpic.cn.example.org/b)"))
			.isEmpty();
	}

	@Test
	void whatReadingDroppedIsAWarningWithItsLine() {
		String text = "{% include a.html %}\n\n[BIP1][] and\n[BIP1][]\n\n<iframe src=\"https://e.org/\"></iframe>\n";
		assertThat(foundIn(Check.LIQUID_TAG, text))
			.containsExactly("warning 5 The Liquid tag {% include a.html %} stands for nothing here.");
		assertThat(foundIn(Check.UNDEFINED_REFERENCE, text))
			.containsExactly("warning 7 The link [BIP1] has no address (also line 8).");
		assertThat(foundIn(Check.DROPPED_HTML, text)).containsExactly("warning 10 <iframe> works in no mail.");
	}

	@Test
	void anAddressThatWorksInNoMailIsFoundOnce() {
		assertThat(check("See [a](javascript:b) ![c](data:image/png;base64,AA) [d](e.html) [f]().\n"))
			.extracting(Finding::check)
			.filteredOn((check) -> check.key().startsWith("lost-") || check == Check.EMPTY_LINK)
			.containsExactly(Check.EMPTY_LINK, Check.LOST_LINK, Check.LOST_LINK, Check.LOST_PICTURE);
	}

	@Test
	void aPictureThatDoesNotArriveIsSaid() {
		assertThat(foundIn(Check.LOST_PICTURE, "![a](b.png)\n\n![c]()\n\n![d](data:image/png;base64,AAAA)"))
			.containsExactly("error 5 The picture b.png has no whole address.", "error 7 A picture has no address.",
					"warning 9 The picture data:image/png;base64,AAAA has an address that works in no mail.");
		assertThat(
				found(Check.LOST_PICTURE, check("![a](b.png)", newsletter("https://example.org/n/", ""), Path.of(""))))
			.isEmpty();
	}

	@Test
	void anEmbeddedPictureArrivesAndHasItsSize() {
		String gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
		RenderSettings embedding = new RenderSettings(DataSize.ofKilobytes(1), false);
		assertThat(check(CLEAN + "\n![a dot](" + gif + ")", embedding)).isEmpty();
		assertThat(found(Check.ALT, check(CLEAN + "\n![](" + gif + ")", embedding))).singleElement()
			.asString()
			.startsWith("warning 9 The picture cid:");
		assertThat(found(Check.LOST_PICTURE, check(CLEAN + "\n![a](" + gif.replace("gif;", "png;") + ")", embedding)))
			.hasSize(1);
	}

	@Test
	void aHeadingMayNotSkipALevel() {
		assertThat(foundIn(Check.HEADING_JUMP, "## A\n\ntext\n\n#### B\n\n## C\n"))
			.containsExactly("warning 9 “B” is 2 levels below the heading before it.");
		assertThat(foundIn(Check.HEADING_JUMP, "## A\n\n<h5 align=\"center\">B <b>b</b></h5>\n\n<h3></h3>\n\n### C\n"))
			.containsExactly("warning 7 “B b” is 3 levels below the heading before it.");
		assertThat(foundIn(Check.HEADING_JUMP, "<div>\n<h2>A</h2>\n<h3>B</h3>\n</div>\n\n#### C\n")).isEmpty();
		assertThat(foundIn(Check.HEADING_JUMP, "## A\n\n### B\n\n#### C\n\n## D\n")).isEmpty();
	}

	@Test
	void sectionsThatBeginAtAnotherLevelAreNoJump() {
		assertThat(found(Check.HEADING_JUMP, check("# Title\n\n### A\n\ntext\n\n#### B\n\ntext"))).isEmpty();
	}

	@Test
	void whatWasToBeFilledInIsAnError() {
		assertThat(foundIn(Check.LEFTOVER, "Dear ${name},\n\n`${HOME}` is code.\n"))
			.containsExactly("error 5 “${name}” is not filled in.");
		assertThat(foundIn(Check.LEFTOVER, "    ${x}\n\n`{{ y }}` and $5 {a} {{")).isEmpty();
	}

	@Test
	void aLeftoverInTheSubjectIsOnItsLine() {
		assertThat(foundWith(Check.LEFTOVER, "News of ${date}")).containsExactly("error 4 “${date}” is not filled in.");
	}

	/** Reading drops them; what stays is a gap in a sentence, and that is told. */
	@Test
	void anExpressionOfLiquidThatNothingFillsInIsAWarning() {
		assertThat(foundIn(Check.LIQUID_TAG, "Dear {{ name }},\n"))
			.containsExactly("warning 5 The Liquid tag {{ name }} stands for nothing here.");
		assertThat(foundWith(Check.LIQUID_TAG, "News of {{ date }}"))
			.containsExactly("warning 4 The Liquid tag {{ date }} stands for nothing here.");
	}

	@Test
	void whatWasToBeWrittenIsAWarning() {
		assertThat(foundIn(Check.LEFTOVER, "TODO: more.\n\nLorem ipsum dolor.\n"))
			.containsExactly("warning 5 “TODO” is in the text.", "warning 7 “Lorem ipsum” is in the text.");
		assertThat(found(Check.LEFTOVER, check("---\ntitle: News\ndescription: 'Of ${date}'\n---\nText.\n")))
			.containsExactly("error 0 “${date}” is not filled in.");
		assertThat(foundIn(Check.LEFTOVER, "My to-do list: todos, `TODO`, METODOS.")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Act now, or wait.", "It is RISK-FREE for you.", "快来免费领取吧" })
	void aPhraseOfJunkMailIsAWarning(String text) {
		assertThat(foundIn(Check.FILTER_WORDS, text)).singleElement().asString().startsWith("warning 5 “");
	}

	@ParameterizedTest
	@ValueSource(strings = { "We transact now.", "Free software, of course.", "`click here` is code", "免费的午餐" })
	void ordinaryWordsAreNone(String text) {
		assertThat(foundIn(Check.FILTER_WORDS, text)).isEmpty();
	}

}
