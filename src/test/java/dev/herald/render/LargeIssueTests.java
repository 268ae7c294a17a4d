package dev.herald.render;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LargeIssueTests {

	private static final String SECTION = """
			## Section %1$d 标题

			- [Title %1$d | Source](https://example.org/%1$d?a=1&b=2)<br>
			  A comment of some words, with `code`, **bold** and a [link][ref]. 很好的文章，值得一读。
			- [Other %1$d](https://example.org/o/%1$d)<br>
			简评：

			| a | b |
			|---|--:|
			| %1$d | 😀 [x](https://example.org/t/%1$d) |

			> Quoted سلام دنیا <b>raw</b> https://example.org/bare/%1$d，end[^1]

			""";

	private static final String END = "\n[^1]: The note.\n\n[ref]: https://example.org/ref\n";

	/** A second is the aim; the bound leaves room for a slow and busy machine. */
	@Test
	void anIssueOf100KilobytesRendersInUnderASecond() {
		StringBuilder issue = new StringBuilder("# Large\n\n").append("A long line. ".repeat(600)).append("\n\n");
		for (int i = 0; issue.length() < 100_000; i++) {
			issue.append(SECTION.formatted(i));
		}
		issue.append(END);
		long[] millis = new long[7];
		for (int i = 0; i < millis.length; i++) {
			long start = System.nanoTime();
			SampleMails.compile(issue.toString()).message(SampleMails.ANN);
			millis[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		}
		System.out.println("An issue of " + issue.length() + " characters renders in (ms) " + Arrays.toString(millis));
		long[] sorted = millis.clone();
		Arrays.sort(sorted);
		assertThat(sorted[millis.length / 2]).isLessThan(3_000);
	}

}
