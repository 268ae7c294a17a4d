package dev.herald.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IssueCheckTests extends CheckTest {

	@Test
	void aCleanIssueHasNothingToMend() {
		assertThat(check(CLEAN)).isEmpty();
	}

	@Test
	void everyKindOfFindingIsDocumented() throws IOException {
		String page = Files.readString(Path.of("docs/check.md"));
		assertThat(Check.values()).allSatisfy((check) -> assertThat(page).contains("`" + check.key() + "`"));
	}

	@Test
	void aFindingIsOneLineAsCompilersWriteIt() {
		assertThat(check(CLEAN + "\nSee [here]().\n")).singleElement()
			.extracting((finding) -> finding.in("a.md").toString())
			.isEqualTo("a.md:9: error: The link “here” has no address. Its text arrives, and leads nowhere. "
					+ "Write the address between the parentheses.");
	}

	@Test
	void whatHasNoLineIsSaidOfTheFile() {
		assertThat(check(CLEAN, newsletter(null, ""), Path.of(""))).singleElement()
			.extracting((finding) -> finding.in("a.md").toString())
			.asString()
			.startsWith("a.md: warning: The newsletter has no postal address. ");
	}

	@Test
	void theWholeIssueComesFirstAndThenLineByLine() {
		List<Finding> findings = check("## News\n\n![](https://example.org/a.png)\n\n[a]() TODO\n",
				newsletter(null, ""), Path.of(""));
		assertThat(findings).extracting(Finding::line).isSorted();
		assertThat(findings).extracting(Finding::check)
			.startsWith(Check.POSTAL_ADDRESS)
			.endsWith(Check.LEFTOVER, Check.EMPTY_LINK);
	}

	@Test
	void ofOneKindTwentyAreListedAndTheOthersAreCounted() {
		List<Finding> findings = check(CLEAN + "\n[x](http://example.org/a) "
				+ IntStream.range(0, 57)
					.mapToObj("\n[y](http://example.org/%d)\n"::formatted)
					.collect(Collectors.joining()));
		assertThat(found(Check.HTTP_LINK, findings)).hasSize(21)
			.contains("warning 0 38 more findings of the kind http-link are not listed.");
	}

	@Test
	void anErrorIsListedThoughThereAreEnoughOfItsKind() {
		List<Finding> findings = check(CLEAN + "\n[](https://example.org/x)\n".repeat(30) + "\n[a]()\n");
		assertThat(findings).filteredOn(Finding::isError).extracting(Finding::line).containsExactly(69);
	}

	@ParameterizedTest
	@Timeout(60)
	@ValueSource(strings = { "[", "![", "[](", "[a](x) ", "<a href=x>", "<img>", "<img src=x>", "![](x.png) ", "${",
			"${a}", "{{", "{% %}", "# a\n", "###### a\n\n", "<h2>", "<div>", "<font color=#fff>x", "<a <a <a ",
			"|a|\n|-|\n", "TODO ", "act now ", "!!", "\u202e", "😀", "[a](#b) ", "<!-- ", "&#0;", "> - " })
	void hostileSizesAreCheckedInBoundedTime(String part) {
		List<Finding> findings = check("Text\n\n" + part.repeat(25_000 / part.length()));
		assertThat(findings).hasSizeLessThan(200)
			.allSatisfy(
					(finding) -> assertThat(finding.in("a.md").toString()).hasSizeLessThan(800).doesNotContain("\n"));
	}

	@Test
	@Timeout(20)
	void tenThousandDifferentLeftoversAreNoTrouble() {
		StringBuilder text = new StringBuilder("Text\n\n");
		for (int i = 0; i < 10_000; i++) {
			text.append("${a").append(i).append("} [b](#c").append(i).append(")\n\n");
		}
		assertThat(check(text.toString())).hasSizeLessThan(100);
	}

	@Test
	void aFindingIsSaidInTheLanguageOfItsReader() {
		Finding finding = check(CLEAN + "\nSee [here]().\n").get(0);
		assertThat(finding.in("a.md").in(Locale.CHINESE))
			.isEqualTo("a.md:9: 错误：链接“here”没有地址。链接的文字会送达，但点了没有去处。请在圆括号中写上地址。");
	}

	@Test
	void whateverIsFoundIsSaidInChineseToo() {
		List<Finding> findings = check(
				"""
						---
						title: ACT NOW AND HERE, IT IS FREE!!
						cut: true
						---
						## A

						#### B

						[x]() [](https://e.org/a) [c](http://e.org/c) [d](d.html) [e](#e) [f](ftp://e.org/f) [g] [g][h]
						[One](https://e.org/1) [Two](https://e.org/1) [One](d.html)
						![](https://e.org/a.png) ![p](p.png) ![](http://mmbiz.qpic.cn/a.png) ![q](https://e.org/blank.gif) ![r](data:x)
						<img data-src="https://e.org/lazy.png"> <font color="#eeeeee">pale</font> <video src="v"></video>
						<p onclick="x()">On</p> <a href="y.html">y</a> TODO {{ site.x }} $&#123;x} 100% free
						"""
						+ "Sixteen letters. ".repeat(7_000) + "\n[z](http://e.org/z)".repeat(30),
				newsletter(null, ""), Path.of(""));
		assertThat(findings.stream().map(Finding::check).distinct()).hasSizeGreaterThan(15);
		for (Finding finding : findings) {
			for (Sentence sentence : List.of(finding.what(), finding.why(), finding.mend())) {
				assertThat(sentence.in(Locale.SIMPLIFIED_CHINESE)).containsPattern("\\p{IsHan}{2}");
			}
		}
	}

}
