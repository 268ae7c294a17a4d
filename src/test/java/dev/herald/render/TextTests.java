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

				[1] https://example.org/a
				[2] https://example.org/b
				[3] https://example.org/c

				--\s
				You get this mail because you subscribed to Weekly as ann@example.org.

				Unsubscribe: https://news.example.org/u/7-11?a=1&b=2
				Preferences: https://news.example.org/u/7-11?a=1&b=2/preferences
				View online: https://news.example.org/archive/weekly/a

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
				>> twice

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
		assertThat(text("| a | b |\n|---|---|\n| " + "long ".repeat(20) + " | y |\n| z | |"))
			.isEqualTo(" a: " + "long ".repeat(13).strip() + "\n   " + "long ".repeat(7).strip() + "\n b: y\n\n a: z");
	}

	@Test
	void rawHtmlGivesItsWordsAndLinks() {
		assertThat(text(
				"a <b>b</b> <a href=\"https://e.example\">c</a> <img src=\"x\" alt=\"picture\"> <script>x</script>d"))
			.isEqualTo("a b c [1] [picture] d\n\n[1] https://e.example");
		assertThat(text("<dl><dt><a href='https://e.example'>a</a></dt><dd>b &amp; c</dd></dl>"))
			.isEqualTo(" a [1]\n     b & c\n\n[1] https://e.example");
	}

	@Test
	void rawCodeKeepsItsShape() {
		assertThat(text("Code:\n\n<pre>\nif (a) {\n    b();\n}\n</pre>\n<p>c\nd</p>"))
			.isEqualTo("Code:\n\n     if (a) {\n         b();\n     }\n\nc d");
	}

	@Test
	void anAddressInASentenceEndsBeforeTheNextWord() {
		assertThat(text("在[https://e.example](https://e.example)下载")).isEqualTo("在https://e.example 下载");
		assertThat(text("官网（https://e.example/），很好。https://f.example。"))
			.isEqualTo("官网（https://e.example/），很好。https://f.example。");
	}

	@Test
	void footnotesStandAtTheEnd() {
		assertThat(text("Text[^n].\n\n[^n]: The note.\n\nMore.")).isEqualTo("Text¹.\n\nMore.\n\n ¹ The note.");
	}

	@Test
	void aFootnoteInAFootnoteIsANoteToo() {
		assertThat(text("Text[^a].\n\n[^a]: [^b]: Inner.\n")).isEqualTo("Text¹.\n\n ² Inner.");
	}

	@Test
	void addressesAreWrittenOut() {
		assertThat(text(
				"<https://e.example/> https://f.example [a@e.example](mailto:a@e.example) [me](mailto:b@e.example)"))
			.isEqualTo("https://e.example/ https://f.example a@e.example me <b@e.example>");
	}

	@Test
	void aLinkThatSaysItsAddressHasNoNumber() {
		assertThat(text("[e.example](https://e.example/) [www.f.example](http://www.f.example) [](https://g.example)"))
			.isEqualTo("https://e.example/ www.f.example https://g.example");
		assertThat(text("<a href='https://e.example/'>https://e.example</a> and <https://e.example/中>"))
			.isEqualTo("https://e.example/ and https://e.example/%E4%B8%AD");
	}

	@Test
	void aMailWithASubjectIsALinkAsAnother() {
		assertThat(text("[Write](mailto:a@e.example?subject=Hi%20there) or [call](tel:+491)."))
			.isEqualTo("Write [1] or call [2].\n\n[1] mailto:a@e.example?subject=Hi%20there\n[2] tel:+491");
		assertThat(text("[张三](mailto:张三) and <a@e.example>")).isEqualTo("张三 and a@e.example");
	}

	@Test
	void aNumberStandsBehindTheWholeWordAndApartFromTheNext() {
		assertThat(text("[Ann](https://a.example)'s [link](https://b.example)s, 见[许可](https://c.example)进行，"
				+ "[x](https://d.example)(old) [y](https://e.example)[z](https://f.example)"))
			.startsWith("Ann's [1] links [2], 见许可 [3] 进行，x [4] (old) y [5] z [6]\n\n");
	}

	/** Each section lists what it has, and a long one does so earlier. */
	@Test
	void addressesAreListedNearTheirNumbers() {
		assertThat(text("[a](https://a.example)\n\n## S\n\n[a](https://a.example) [a](https://a.example)"))
			.isEqualTo("a [1]\n\n[1] https://a.example\n\n\nS\n-\n\na [1] a [1]\n\n[1] https://a.example");
		StringBuilder many = new StringBuilder("## S\n\n### First\n\n");
		for (int i = 1; i <= 12; i++) {
			many.append("[l](https://e.example/").append(i).append(")\n");
		}
		assertThat(text(many + "\n### Second\n\nText")).contains("[12] https://e.example/12\n\nSecond\n~~~~~~\n");
	}

	@Test
	void aNumberIsNotPartedFromItsWordNorADashTakenForAList() {
		String words = "word ".repeat(13);
		assertThat(text(words + "[linked](https://e.example)")).startsWith(words.strip() + "  \nlinked [1]\n");
		assertThat(text(words + "the end - not a list")).isEqualTo(words + "the  \nend - not a list");
		assertThat(text(words + "point 2. not a list")).isEqualTo(words.strip() + "  \npoint 2. not a list");
		assertThat(text(words + "`a b c d` code")).isEqualTo(words.strip() + "  \n`a b c d` code");
		String code = "`" + "word ".repeat(9) + "end`";
		assertThat(text(code + " one " + code))
			.isEqualTo(code + " one `word word word  \n" + "word ".repeat(6) + "end`");
	}

	@Test
	void emphasisIsMarkedWhereItHelps() {
		assertThat(text("a _few words_ and **bold** and *强调* and **强调**"))
			.isEqualTo("a _few words_ and *bold* and 强调 and *强调*");
		assertThat(text(
				"_All of it is slanted._\n\n**A heading**\n\n[**x**](https://e.example) **[y](https://f.example)**"))
			.startsWith("All of it is slanted.\n\n*A heading*\n\nx [1] y [2]\n");
		assertThat(
				text("## A **b** c\n\n| **h** |\n|---|\n| *i* |\n\n***both*** and **" + "long ".repeat(14) + "text**"))
			.isEqualTo("A b c\n-----\n\nh\n-\ni\n\n_both_ and " + "long ".repeat(12) + " \nlong long text");
	}

	@Test
	void deeperHeadingsLookDifferent() {
		assertThat(text("## A\n\n### B\n\n#### C\n\n##### ![](x.png)\n\nText"))
			.isEqualTo("A\n-\n\nB\n~\n\nC\n.\n\nText");
	}

	@Test
	void numbersOfListsAreAligned() {
		assertThat(text("9. a\n10. b\n    - c\n")).isEqualTo("  9. a\n 10. b\n     - c");
		assertThat(text("1) a\n2) b")).isEqualTo(" 1) a\n 2) b");
	}

	@Test
	void spacesAndControlCharactersAreTidy() {
		assertThat(text("a  b \u0007c&#9;d `e  f`")).isEqualTo("a b c d `e  f`");
		assertThat(text("```\n\tx\u0007\n\n\n\n\ny\n```")).isEqualTo("         x\n\n\n     y");
	}

	@Test
	void rawHtmlReadsLikeMarkdown() {
		assertThat(text("""
				<details><summary>More <b>words</b></summary>
				<p>One<br>two</p>
				<ol start="9"><li>nine</li><li>ten<ul><li>in</li></ul></li></ol>
				<blockquote>quote</blockquote>
				<h3>Head</h3>
				<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><s>2</s></td></tr></table>
				<table><tr><td>x</td><td>yy</td></tr></table>
				<table><tr><td><p>set</p></td><td><p>apart</p></td></tr></table>
				</details>
				""")).isEqualTo("""
				More *words*

				One
				two

				  9. nine
				 10. ten
				     - in

				> quote

				Head
				~~~~

				a  b
				-  -----
				1  ~~2~~

				x  yy

				set

				apart""");
	}

	@Test
	void raisedNumbersAndStruckWordsKeepTheirMeaning() {
		assertThat(text("10<sup>6</sup> on the 1<sup>st</sup>, H<sub>2</sub>O")).isEqualTo("10^6 on the 1st, H2O");
	}

	@Test
	void picturesAreTheirWordsInBrackets() {
		assertThat(text(
				"![A chart](https://e.example/a.png) ![](https://e.example/b.png)\n\n[![Logo](https://e.example/c.png)](https://e.example)"))
			.isEqualTo("[A chart]\n\n[Logo] [1]\n\n[1] https://e.example");
	}

	@Test
	void aNoteHangs() {
		assertThat(text("Text[^long].\n\n[^long]: " + "word ".repeat(15) + "\n\n    More."))
			.isEqualTo("Text¹.\n\n ¹ " + "word ".repeat(14).strip() + "\n   word\n\n   More.");
	}

	@ParameterizedTest
	@CsvSource({ "一二三，,四", "甲（乙）,丙" })
	void punctuationStaysWithItsWord(String start, String next) {
		Columns columns = new Columns(Locale.CHINA);
		for (int width = 4; width < 12; width++) {
			assertThat(columns.wrap((start + next).repeat(5), width)).noneMatch((line) -> line.matches("[，）].*"))
				.noneMatch((line) -> line.endsWith("（"));
		}
	}

	@Test
	void spacesBetweenChineseAndLatinAreNeitherMadeNorLost() {
		Columns columns = new Columns(Locale.CHINA);
		String text = "中文 Latin 中文Latin中文 ，完";
		for (int width = 4; width < 40; width++) {
			String joined = String.join("", columns.flow(text, width).stream().map(FlowedTests::joined).toList());
			assertThat(joined).isEqualTo(text);
			assertThat(columns.wrap(text, width)).noneMatch((line) -> line.startsWith("，"));
		}
	}

	@Test
	void noLineIsWiderThan72ColumnsAndChineseCountsTwice() {
		Newsletter chinese = SampleMails.newsletter("zh-CN", null);
		Columns columns = new Columns(Locale.CHINA);
		String text = text("“中文”、（测试）：English words，标点。".repeat(40), chinese);
		assertThat(text.lines()).allMatch((line) -> columns.width(line.stripTrailing()) <= 72)
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
	@CsvSource({ "a,1", "中,2", "😀,2", "é,1", "'e\u0301',1", "“,1", "ｗ,2", "'a\u200b',1", "👨‍👩‍👧,2", "👍🏽,2",
			"⬅️,2", "1️⃣,2", "❤️‍🔥,2", "🇩🇪,2", "가,2", "ﾊ,1", "สวัสดี,4" })
	void widthsAreThoseOfATerminal(String text, int width) {
		assertThat(new Columns(Locale.ENGLISH).width(text)).isEqualTo(width);
	}

}
