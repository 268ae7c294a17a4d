package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MarkdownTests {

	private static MarkdownTree read(String content) {
		return Markdown.read(IssueReader.read("a.md", content.getBytes(StandardCharsets.UTF_8)));
	}

	private static String html(String content) {
		return HtmlRenderer.builder().extensions(Markdown.extensions()).build().render(read(content).root()).strip();
	}

	private static List<String> warnings(String content) {
		return read(content).warnings().stream().map((warning) -> warning.line() + ": " + warning.what()).toList();
	}

	@Test
	void aLiquidTagIsDroppedAndNamedWithItsLine() {
		String issue = "---\ntitle: x\n---\nOne {{ site.name }} two\n{% include ad.html when=now %}\n\nThree\n";
		assertThat(html(issue)).isEqualTo("<p>One  two</p>\n<p>Three</p>");
		assertThat(read(issue).warnings()).containsExactly(
				new SourceWarning(SourceWarning.Kind.LIQUID, 4, Sentence.of("issue.liquid", "{{ site.name }}"),
						Sentence.of("issue.liquid.became"), Sentence.of("issue.liquid.mend")),
				new SourceWarning(SourceWarning.Kind.LIQUID, 5,
						Sentence.of("issue.liquid", "{% include ad.html when=now %}"),
						Sentence.of("issue.liquid.became"), Sentence.of("issue.liquid.mend")));
		assertThat(warnings(issue)).containsExactly("4: The Liquid tag {{ site.name }} stands for nothing here",
				"5: The Liquid tag {% include ad.html when=now %} stands for nothing here");
	}

	@Test
	void whatTheFileItselfAssignsIsFilledIn() {
		String issue = """
				---
				excerpt: Good news.
				---
				{% assign base = "https://example.org/a/" %}
				{% capture both %}Inputs:<br>{{ page.excerpt }}{% endcapture %}

				{{page.excerpt}} [x]({{base}}117)

				| a |
				|---|
				| {{ both }} |
				""";
		assertThat(html(issue)).contains("<p>Good news. <a href=\"https://example.org/a/117\">x</a></p>",
				"<td>Inputs:<br>Good news.</td>");
		assertThat(warnings(issue)).isEmpty();
	}

	@Test
	void aDefinitionRightBelowADroppedTagStillDefines() {
		assertThat(html("[x][y]\n\n{% include references.md %}\n[y]: https://example.org/\n"))
			.isEqualTo("<p><a href=\"https://example.org/\">x</a></p>");
	}

	@Test
	void commentsGoAndRawAndHighlightStay() {
		String issue = "a{% comment %}\n# no\n\n{% x %}\n{% endcomment %}b\n\n{% raw %}{{ c }}{% endraw %}\n\n"
				+ "{% highlight swift linenos %}\nlet a = \"*b*\" // ```\n{% endhighlight %}\n\n{::comment}no{:/comment}{{ d }}";
		assertThat(html(issue)).isEqualTo("<p>ab</p>\n<p>{{ c }}</p>\n"
				+ "<pre><code class=\"language-swift\">let a = &quot;*b*&quot; // ```\n</code></pre>");
		assertThat(warnings(issue)).containsExactly("13: The Liquid tag {{ d }} stands for nothing here");
	}

	@Test
	void codeIsLeftAlone() {
		String issue = "`{{ a }}` and\n\n```yaml\nimage: {{ .Values.image }}\n```\n\n    {% if x %}\n\n<!-- {% y %} -->";
		assertThat(html(issue)).contains("<code>{{ a }}</code>", "image: {{ .Values.image }}", "{% if x %}");
		assertThat(warnings(issue)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~',
			value = { "a {% b ~ a {% b", "a {{ b ~ a {{ b", "{%%} a ~ {%%} a", "a {% comment %} b ~ a  b",
					"a {% endcomment %} b ~ a  b", "{{ x | y: 'z' }}a ~ a", "{%- if x -%}a ~ a", "{{}}a ~ a",
					"a { % b % } ~ a { % b % }" })
	void clumsyLiquidLosesNoText(String markdown, String text) {
		assertThat(html(markdown)).isEqualTo("<p>" + text + "</p>");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '"', value = { "\"## A {#id}\" ~ <h2>A</h2>",
			"\"## A\n{: .x #y}\" ~ <h2>A</h2>", "\"text\n{:.center style='font-size: 2em'}\" ~ <p>text</p>",
			"\"{: .x}\ntext\" ~ <p>text</p>", "\"{: .x}\n{: .y}\ntext\n{: .z}\" ~ <p>text</p>",
			"*a*{: .x} b ~ <p><em>a</em> b</p>", "*a*{:.x}. ~ <p><em>a</em>.</p>",
			"\"> q\n> {:.right}\" ~ \"<blockquote>\n<p>q</p>\n</blockquote>\"",
			"\"- a\n{: .x}\" ~ \"<ul>\n<li>a</li>\n</ul>\"", "\"- {: .x} a\" ~ \"<ul>\n<li>a</li>\n</ul>\"",
			"\"1. TOC\n{:toc}\n\ntext\" ~ <p>text</p>", "\"text  \n{: .x}\" ~ <p>text</p>",
			"a {: .x} b ~ <p>a {: .x} b</p>", "a {:-) b ~ <p>a {:-) b</p>", "`{: .x}` ~ <p><code>{: .x}</code></p>" })
	void anAttributeListIsNotShown(String markdown, String html) {
		assertThat(html(markdown)).isEqualTo(html);
	}

	@Test
	void anAttributeListBelowATableIsNoRow() {
		assertThat(html("| a | b |\n|---|---|\n| 1 | 2 |\n{: .x}\n\nb")).contains("<td>2</td>").doesNotContain("{:");
	}

	@Test
	void whatAMailCanCarryOfAnAttributeListIsKept() {
		MarkdownTree tree = read("text\n{: .center #x lang=\"fa\" dir='rtl' onclick=\"y\" style=\"z\"}\n");
		assertThat(tree.attributes().get(tree.root().getFirstChild())).containsOnlyKeys("align", "lang", "dir")
			.containsEntry("align", "center");
	}

	@Test
	void aReferenceWithoutAnAddressIsItsTextAndAWarning() {
		assertThat(html("Old [BIP118][] and [a *b*][topic c], ![p][q]!"))
			.isEqualTo("<p>Old BIP118 and a <em>b</em>, p!</p>");
		assertThat(warnings("Old\n[BIP118][]\n")).containsExactly("2: The link [BIP118] has no address");
	}

	@Test
	void aFootnoteBehindAReferenceIsNoAddressOfIt() {
		String issue = "See [BIP32][topic bip32][^n], [a][][^n].\n\n[^n]: Note\n";
		assertThat(html(issue)).startsWith("<p>See BIP32<sup").contains(", a<sup").doesNotContain("[");
		assertThat(warnings(issue)).containsExactly("1: The link [topic bip32] has no address",
				"1: The link [a] has no address");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', value = { "a[i][j] = 1 ~ a[i][j] = 1", "[a] [b] ~ [a] [b]", "[x] y ~ [x] y",
			"[^1] ~ [^1]", "[1711.04528][T](https://e.example) ~ [1711.04528]<a href=\"https://e.example\">T</a>" })
	void bracketsThatAreNoReferenceStay(String markdown, String html) {
		assertThat(html(markdown)).isEqualTo("<p>" + html + "</p>");
	}

	@Test
	@Timeout(20)
	void hostileLiquidEndsSoon() {
		for (String part : new String[] { "{% comment %}", "{% a ", "{{ ", "{{ a }}", "{%", "%}", "{% raw %}",
				"{: .x} ", "{::comment}", "{% highlight x %}\n", "{:.a}\n", "*a*{:.x}", "[a][]", "[a][b]",
				"{% capture a %}" }) {
			assertThat(read("Text\n\n" + part.repeat(60_000 / part.length())).root()).isNotNull();
		}
		StringBuilder bomb = new StringBuilder("Text\n\n{% assign a0 = \"" + "x".repeat(100) + "\" %}");
		for (int i = 1; i < 30; i++) {
			bomb.append("{%% capture a%d %%}".formatted(i))
				.append("{{ a%d }}".formatted(i - 1).repeat(10))
				.append("{% endcapture %}");
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read(bomb + "{{ a29 }}"))
			.withMessageContaining("a.md, line 3: with what Liquid puts in");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> read("{% assign a = \"" + "x".repeat(1_500) + "\" %}" + "{{ a }}".repeat(2_000)))
			.withMessageContaining("longer than 2097152 characters");
	}

}
