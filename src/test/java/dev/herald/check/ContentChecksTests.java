package dev.herald.check;

import java.nio.file.Path;

import dev.herald.check.Finding.Check;
import dev.herald.render.RenderSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Links, pictures, headings, leftovers and words of the Markdown. */
class ContentChecksTests extends CheckTest {

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
		assertThat(foundIn(Check.LOST_LINK, "[up](#top)\n\n[f](ftp://example.org/f)\n\n[m](mailto:a@example.org)"))
			.containsExactly("warning 5 The link “up” goes to a place on the page (#top).",
					"warning 7 The link “f” has an address that works in no mail (ftp://example.org/f).");
		assertThat(foundIn(Check.LOST_LINK, "note[^1]\n\n[^1]: The note.")).isEmpty();
	}

	@Test
	void anHttpLinkIsAWarning() {
		assertThat(foundIn(Check.HTTP_LINK, "\n\n[a](HTTP://example.org/)"))
			.containsExactly("warning 7 The link “a” begins with http://.");
		assertThat(foundIn(Check.HTTP_LINK, "[a](https://example.org/) http is a word")).isEmpty();
	}

	@Test
	void anAddressThatComesTwiceIsAWarning() {
		assertThat(foundIn(Check.DUPLICATE_LINK,
				"- [a](https://example.org/1)\n- [b](https://example.org/2)\n- [c](https://example.org/1)\n\n[a](https://example.org/1)\n"))
			.containsExactly("warning 7 https://example.org/1 is linked 3 times (see line 5, 9).");
		assertThat(foundIn(Check.DUPLICATE_LINK, "[a](https://example.org/1) [b](https://example.org/2)")).isEmpty();
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
		assertThat(foundIn(Check.HEADING_JUMP, "## A\n\n### B\n\n#### C\n\n## D\n")).isEmpty();
	}

	@Test
	void sectionsThatBeginAtAnotherLevelAreNoJump() {
		assertThat(found(Check.HEADING_JUMP, check("# Title\n\n### A\n\ntext\n\n#### B\n\ntext"))).isEmpty();
	}

	@Test
	void whatWasToBeFilledInIsAnError() {
		assertThat(foundIn(Check.LEFTOVER, "Dear ${name},\n\nsee {{ page.url }}.\n\n`${HOME}` is code.\n"))
			.containsExactly("error 5 “${name}” is not filled in.", "error 7 “{{ page.url }}” is not filled in.");
		assertThat(foundIn(Check.LEFTOVER, "    ${x}\n\n`{{ y }}` and $5 {a} {{")).isEmpty();
	}

	@Test
	void aLeftoverInTheSubjectIsOnItsLine() {
		assertThat(foundWith(Check.LEFTOVER, "News of {{date}}"))
			.containsExactly("error 4 “{{date}}” is not filled in.");
	}

	@Test
	void whatWasToBeWrittenIsAWarning() {
		assertThat(foundIn(Check.LEFTOVER, "TODO: more.\n\nLorem ipsum dolor.\n"))
			.containsExactly("warning 5 “TODO” is in the text.", "warning 7 “Lorem ipsum” is in the text.");
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
