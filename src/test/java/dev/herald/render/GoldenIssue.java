package dev.herald.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.herald.issue.IssueReader;
import dev.herald.settings.OperatorFiles;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * One of the issues that every change of the template is looked at with.
 *
 * @param name of its pictures
 * @param file below ../shared/data/issues; none for the one that is made up
 * @param language of the newsletter
 * @param reason what it brings that the others lack
 */
record GoldenIssue(String name, String file, String language, String reason) {

	private static final Path ISSUES = Path.of("../shared/data/issues");

	/** No real one runs from right to left. */
	private static final String MADE_UP = """
			---
			title: هفته‌نامهٔ کتری، شمارهٔ ۱۲
			date: 2026-11-24
			description: کتری‌های مسی برگشته‌اند.
			---
			این هفته دربارهٔ کتری‌ها و `kettle --boil` می‌نویسیم[^1]. Herald 1.0 هم منتشر شد.

			## خبرها

			- [کتری‌های مسی برگشته‌اند | Copper Weekly](https://example.org/fa/1)<br>
			  بلندتر از همیشه سوت می‌زنند و بهتر از همیشه گرم می‌مانند.
			- [Kettles are back | Hacker News](https://example.org/fa/2)<br>
			  نوشته‌ای انگلیسی با نظر ما به فارسی.

			## جدول

			| کتری | گنجایش | رنگ |
			|:-----|-------:|:---:|
			| مسی | ۱٫۵ لیتر | قرمز |
			| enamel | 2 l | سفید |

			1. نخست آب
			2. سپس چای
			   - سبز
			   - سیاه

			- [x] خوانده شد
			- [ ] خوانده نشد

			> نقلی از کسی که کتری دارد.
			>
			> > و نقلی در آن.

			```
			kettle --boil --water=1.5l --until=whistle --and-then="pour it into the pot that is already warm"
			```

			![نمودار دما](https://example.org/fa/chart.png)

			<details><summary>بیشتر</summary><p>پنهان تا کسی بگشاید.</p></details>

			<dl><dt>کتری</dt><dd>ظرفی برای آب جوش</dd></dl>

			שלום לקוראים בעברית. *Guten Tag* an alle anderen.

			[^1]: یادداشتی با [پیوند](https://example.org/fa/note).
			""";

	static final List<GoldenIssue> ALL = List.of(
			new GoldenIssue("seed", "seed/2017-11-14.md", "zh-CN", "the first one: items, <br>, empty comments"),
			new GoldenIssue("chinese", "embedded-ai-bi-weekly-ysh329/2020-09-17.md", "zh-CN",
					"Chinese and Latin mixed, a table of four columns, long addresses"),
			new GoldenIssue("boards", "pzh-mcu-bi-weekly/issue-003.md", "zh-CN",
					"eighteen pictures, code blocks, quotations, <font>"),
			new GoldenIssue("japanese", "bitcoin-optech/ja/newsletters/2024-11-01-newsletter.md", "ja",
					"Japanese, lines broken inside sentences, kramdown"),
			new GoldenIssue("footnotes", "bitcoin-optech/en/newsletters/2018-12-28-newsletter.md", "en",
					"footnotes, tables with code and empty headers, Liquid, attribute lists"),
			new GoldenIssue("rust", "this-week-in-rust/2024-11-20-this-week-in-rust.md", "en",
					"300 points in lists, Pelican's metadata, long words in code"),
			new GoldenIssue("swift", "swiftweekly/2017-04-20-issue-66.md", "en",
					"verse in a quotation, code in sentences and in blocks, raw HTML"),
			new GoldenIssue("lwkd", "lwkd/2023-12-17-update.md", "en", "headings that are links, code, raw HTML"),
			new GoldenIssue("releases", "lwkd-release-notes/2024-05-13.md", "en",
					"110 kB, lists in lists, <details>, CRLF, headings without order"),
			new GoldenIssue("persian", "", "fa", "right to left, and all that Markdown has"));

	CompiledIssue compile() {
		return SampleMails.compiler(new OperatorFiles(Path.of("")))
			.compile(IssueReader.read(this.file.isEmpty() ? this.name + ".md" : this.file, source()),
					SampleMails.newsletter(this.language, "https://example.org/issues/"));
	}

	private byte[] source() {
		if (this.file.isEmpty()) {
			return MADE_UP.getBytes(StandardCharsets.UTF_8);
		}
		assumeTrue(Files.isDirectory(ISSUES), () -> "There are no real issues here: " + ISSUES + " is absent");
		try {
			return Files.readAllBytes(ISSUES.resolve(this.file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name + ": " + this.reason;
	}

}
