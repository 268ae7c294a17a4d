package dev.herald.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.settings.OperatorFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every feature of HTML and CSS in a mail is known to the big mail clients, or
 * docs/mail-clients.md says what is seen where it is not.
 */
class MailClientTests {

	private static final Path FALLBACKS = Path.of("docs/mail-clients.md");

	private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.+?) \\|");

	/** All that Markdown can make, and what raw HTML may bring. */
	private static final String MADE_UP = """
			---
			title: Everything at once
			---
			Text with *emphasis*, **weight**, `code`, ~~struck~~, a note[^1] and ![a cat](https://example.org/cat.png).

			## Items

			- [First | The Source](https://example.org/1)<br>
			  Comment: good.
			- [Second | The Source](https://example.org/2)

			### Lists

			1. one
			   - inner
			2. two

			- [x] done

			> A quotation.

			```
			code
			```

			| a | b |
			|---|--:|
			| 1 | 2 |

			---

			Write to <mailto:a@example.org>. H<sub>2</sub>O, <kbd>Ctrl</kbd>, <font color="#0a58ca">blue</font>,
			<abbr title="x">y</abbr>, <small>small</small>, <mark>marked</mark>.

			<details><summary>More</summary>Hidden.</details>

			<dl><dt>Term</dt><dd>Meaning</dd></dl>

			[^1]: The note.
			""";

	private static final Map<String, String> fallbacks = new HashMap<>();

	@BeforeAll
	static void readFallbacks() throws IOException {
		for (String line : Files.readAllLines(FALLBACKS)) {
			Matcher row = ROW.matcher(line);
			if (row.lookingAt()) {
				fallbacks.put(row.group(1), row.group(2));
			}
		}
	}

	private static ClientSupport support() throws IOException {
		assumeTrue(Files.isRegularFile(ClientSupport.TABLE),
				() -> "The table of mail clients is not here: " + ClientSupport.TABLE + " is absent");
		return ClientSupport.read();
	}

	@Test
	void aMailOfEverythingIsSeenInAllClientsOrHasAFallback() throws IOException {
		ClientSupport support = support();
		Set<String> features = MailFeatures.of(SampleMails.compile(MADE_UP).html(SampleMails.ANN), support::knows);
		assertThat(features).contains("html-table", "html-lists", "css-at-media-prefers-color-scheme", "css-unit-px",
				"css-selector-descendant", "css-important", "html-role");
		require(features, support);
		print(features, support);
	}

	@Test
	void realIssuesUseNothingElse() throws IOException {
		ClientSupport support = support();
		IssueCompiler compiler = SampleMails.compiler(new OperatorFiles(Path.of("")));
		Set<String> features = new TreeSet<>();
		for (Path file : RealIssuesTests.issues()) {
			IssueSource source = IssueReader.read(file.toString(), Files.readAllBytes(file));
			CompiledIssue issue = compiler.compile(source, SampleMails
				.newsletter(source.metadata().getOrDefault("lang", "zh-CN"), "https://example.org/issues/"));
			features.addAll(MailFeatures.of(issue.html(SampleMails.ANN), support::knows));
		}
		require(features, support);
	}

	private static void require(Set<String> features, ClientSupport support) {
		List<String> missing = new ArrayList<>();
		for (String feature : features) {
			String without = feature.startsWith("?") ? "not in the table" : support.without(feature);
			if (!without.isEmpty() && !fallbacks.containsKey(feature.replace("?", ""))) {
				missing.add("%s: %s".formatted(feature, without));
			}
		}
		assertThat(missing).as("features without a fallback in %s", FALLBACKS).isEmpty();
	}

	private static void print(Set<String> features, ClientSupport support) {
		System.out.printf("%d features of HTML and CSS in a mail; without full support in a big client:%n",
				features.size());
		for (String feature : features) {
			String without = support.without(feature);
			if (!without.isEmpty()) {
				System.out.printf("  %-36s %s%n  %-36s   instead: %s%n", feature, without, "", fallbacks.get(feature));
			}
		}
	}

	@Test
	void theFeaturesOfAPageAreFound() {
		Set<String> known = Set.of("html-table", "html-h1-h6", "html-div", "html-style", "html-align", "html-body",
				"css-margin", "css-padding-inline-start-end", "css-border", "css-display", "css-display-none",
				"css-border-inline-block-individual");
		assertThat(MailFeatures.of("""
				<style>/* c */ a.x:hover, #y > p { margin-left: 2em; border-top: 0 !important }
				@media (prefers-color-scheme: dark) { li::marker { padding-inline-start: 1px; mso-hide: all } }</style>
				<table align=left><tr><td style="display: none; border-inline-start: 3px"><h3>x</h3></table><blink>""",
				known::contains))
			.containsExactlyInAnyOrder("?blink", "?mso-hide", "css-at-media", "css-at-media-prefers-color-scheme",
					"css-border", "css-border-inline-block-individual", "css-comments", "css-display",
					"css-display-none", "css-important", "css-margin", "css-padding-inline-start-end",
					"css-pseudo-class-hover", "css-pseudo-element-marker", "css-selector-chaining",
					"css-selector-child", "css-selector-class", "css-selector-grouping", "css-selector-id",
					"css-selector-type", "css-unit-em", "css-unit-px", "html-align", "html-body", "html-h1-h6",
					"html-style", "html-table");
	}

	@Test
	void theNewestVersionOfAClientCounts() {
		ClientSupport support = ClientSupport
			.of(List.of("feature\tcategory\ttitle\tclient\tplatform\tversion\tsupport\tnotes",
					"css-x\tcss\tx\toutlook\twindows\t2007\tn\t", "css-x\tcss\tx\toutlook\twindows\t2019\ty\t",
					"css-x\tcss\tx\tgmail\tios\t2020\ta\t#1", "css-x\tcss\tx\tyahoo\tios\t2020\tu\t",
					"css-x\tcss\tx\they\tios\t2020\tn\t"));
		assertThat(support.without("css-x")).isEqualTo("Gmail on iOS (partly)");
		assertThat(support.without("css-y")).isEmpty();
	}

	@Test
	void whatNoClientKnowsAndNobodyWroteAFallbackForFails() {
		ClientSupport support = ClientSupport.of(List.of("head", "css-made-up\tcss\tx\toutlook\twindows\t2019\tn\t"));
		assertThatThrownBy(() -> require(Set.of("css-made-up"), support)).isInstanceOf(AssertionError.class)
			.hasMessageContaining("css-made-up: Outlook for Windows");
	}

}
