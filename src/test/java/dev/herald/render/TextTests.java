package dev.herald.render;

import java.util.Locale;

import dev.herald.newsletter.Newsletter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextTests {

	private static String text(String markdown) {
		return text(markdown, SampleMails.newsletter("en", null));
	}

	/** What stands between the title and the footer. */
	private static String text(String markdown, Newsletter newsletter) {
		String text = SampleMails.compile("---\ntitle: T\n---\n" + markdown, newsletter).text(SampleMails.ANN);
		return text.substring(text.indexOf("\n=\n\n") + 4, text.indexOf("\n\n-- \n"));
	}

	@Test
	void theWholeMailReadsLikeALetter() {
		assertThat(SampleMails.compile("""
				---
				date: 2026-11-24
				---
				# Hello world

				Intro with a [link](https://example.org/a).

				## News

				- [Title | Source](https://example.org/b)<br>
				  Comment, again a [link](https://example.org/a).
				- [Other](https://example.org/c)<br>
				  简评：
				""").text(SampleMails.ANN)).isEqualTo("""
				Weekly
				November 24, 2026

				Hello world
				===========

				Intro with a link [1].

				[1] https://example.org/a


				News
				----

				- Title [2] · Source
				  Comment, again a link [1].

				- Other [3]

				[2] https://example.org/b
				[3] https://example.org/c

				--\s
				You get this mail because you subscribed to Weekly as ann@example.org.

				Unsubscribe: https://news.example.org/u/7-11?a=1&b=2

				1 Main St
				""");
	}

	@Test
	void listsQuotesAndCodeKeepTheirShape() {
		assertThat(text("""
				1. one *em* **strong** `code` ~~gone~~
				2. two
				   - nested

				> quoted
				> > twice

				```java
				if (a < b) {
				    return;
				}
				```

				---

				- [x] done
				""")).isEqualTo("""
				1. one _em_ *strong* `code` ~~gone~~
				2. two
				   - nested

				> quoted
				>
				> > twice

				    if (a < b) {
				        return;
				    }

				* * *

				- ☑ done""");
	}

	@Test
	void headingsAreUnderlinedWithAirAboveSections() {
		assertThat(text("## A\n\n### 中 B\n\nText\n\n## C\n\nText"))
			.isEqualTo("A\n-\n\n中 B\n~~~~\n\nText\n\n\nC\n-\n\nText");
	}

	@Test
	void aTableIsAlignedWhereItFitsAndReadOutWhereNot() {
		assertThat(text("| 名字 | n |\n|---|--:|\n| a | 1 |\n| b [x](https://e.example) | 200 |")).isEqualTo("""
				名字       n
				-------  ---
				a          1
				b x [1]  200

				[1] https://e.example""");
		assertThat(text("| a | b |\n|---|---|\n| " + "long ".repeat(20) + " | y |\n| z | |")).isEqualTo("""
				a: long long long long long long long long long long long long long long
				long long long long long long
				b: y

				a: z""");
	}

	@Test
	void rawHtmlGivesItsWordsAndLinks() {
		assertThat(text(
				"a <b>b</b> <a href=\"https://e.example\">c</a> <img src=\"x\" alt=\"picture\"> <script>x</script>d"))
			.isEqualTo("a b c [1] [picture] d\n\n[1] https://e.example");
		assertThat(text("<dl><dt><a href='https://e.example'>a</a></dt><dd>b &amp; c</dd></dl>"))
			.isEqualTo("a [1]\nb & c\n\n[1] https://e.example");
	}

	@Test
	void rawCodeKeepsItsShape() {
		assertThat(text("Code:\n\n<pre>\nif (a) {\n    b();\n}\n</pre>\n<p>c\nd</p>"))
			.isEqualTo("Code:\n\n    if (a) {\n        b();\n    }\n\nc d");
	}

	@Test
	void anAddressInASentenceEndsBeforeTheNextWord() {
		assertThat(text("在[https://e.example](https://e.example)下载")).isEqualTo("在https://e.example 下载");
		assertThat(text("官网（https://e.example/），很好。https://f.example。"))
			.isEqualTo("官网（https://e.example/），很好。https://f.example。");
	}

	@Test
	void footnotesStandAtTheEnd() {
		assertThat(text("Text[^n].\n\n[^n]: The note.\n\nMore.")).isEqualTo("Text[^n].\n\nMore.\n\n[^n] The note.");
	}

	@Test
	void aFootnoteInAFootnoteIsANoteToo() {
		assertThat(text("Text[^a].\n\n[^a]: [^b]: Inner.\n")).isEqualTo("Text[^a].\n\n[^b] Inner.");
	}

	@Test
	void addressesAreWrittenOut() {
		assertThat(text(
				"<https://e.example/> https://f.example [a@e.example](mailto:a@e.example) [me](mailto:b@e.example)"))
			.isEqualTo("https://e.example/ https://f.example a@e.example me <b@e.example>");
	}

	@Test
	void noLineIsWiderThan72ColumnsAndChineseCountsTwice() {
		Newsletter chinese = SampleMails.newsletter("zh-CN", null);
		Columns columns = new Columns(Locale.CHINA);
		String text = text("“中文”、（测试）：English words，标点。".repeat(40), chinese);
		assertThat(text.lines()).allMatch((line) -> columns.width(line) <= 72)
			.noneMatch((line) -> line.matches("[，。：、）”].*"))
			.hasSizeGreaterThan(5);
		assertThat(text.replace("\n", "").replace(" ", ""))
			.isEqualTo("“中文”、（测试）：English words，标点。".repeat(40).replace(" ", ""));
	}

	@ParameterizedTest
	@CsvSource({ "72", "140", "1000" })
	void anAddressIsNeverBroken(int length) {
		String url = "https://e.example/" + "中/-?&".replace("中", "a").repeat(length / 5);
		assertThat(text("论文：<" + url + ">，很好 " + "x ".repeat(50))).contains(url);
	}

	@ParameterizedTest
	@CsvSource({ "a,1", "中,2", "😀,2", "é,1", "'e\u0301',1", "“,1", "ｗ,2", "'a\u200b',1" })
	void widthsAreThoseOfATerminal(String text, int width) {
		assertThat(new Columns(Locale.ENGLISH).width(text)).isEqualTo(width);
	}

}
