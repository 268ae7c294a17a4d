package dev.herald.render;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.herald.testing.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An issue of 100 kB renders in under a second. Measured is the thread's processor time:
 * a busy machine takes longer by the clock and for no fault of Herald's.
 */
class LargeIssueTests {

	/** The longest of the real ones. */
	private static final Path REAL = Path.of("../shared/data/issues/lwkd-release-notes/2024-05-13.md");

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

	private static final int TIMES = 4;

	@Test
	void aRealIssueOf110KilobytesRendersInUnderASecond() throws IOException {
		assumeTrue(Files.isRegularFile(REAL), () -> "There are no real issues here: " + REAL + " is absent");
		assertThat(warmed("real", Files.readString(REAL))).isLessThan(1_000);
	}

	/** It has more tables, notes and marks than any real one: 0.7 s were measured. */
	@Test
	void aDenseIssueOf100KilobytesTakesLittleMore() {
		assertThat(warmed("made up", madeUp())).isLessThan(2_000);
	}

	/**
	 * As "herald issue render" does it: all classes are loaded for it, and nothing is
	 * compiled yet. 3 to 4 s were measured for the dense one; the bound finds what would
	 * double that.
	 */
	@Test
	void theFirstOneOfAProgramTakesSomeSeconds() throws IOException, InterruptedException {
		List<String> file = Files.isRegularFile(REAL) ? List.of(REAL.toString()) : List.of();
		Process program = ChildJvm.of(LargeIssueTests.class, List.of(), file).start();
		String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(program.waitFor()).isZero();
		System.out.print("The first issue of a program (ms): " + said);
		assertThat(Long.parseLong(said.lines().reduce("", (before, line) -> line).strip())).isLessThan(8_000);
	}

	/**
	 * Prints the milliseconds of the first issue.
	 * @param arguments a file; none for the one that is made up
	 */
	public static void main(String[] arguments) throws IOException {
		System.out.println(millis((arguments.length > 0) ? Files.readString(Path.of(arguments[0])) : madeUp()));
	}

	/**
	 * The shortest of some, when the classes are loaded: what disturbs makes it longer.
	 */
	private static long warmed(String name, String issue) {
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < TIMES; i++) {
			millis.add(millis(issue));
		}
		System.out.println("An issue of " + issue.length() + " characters (" + name + ") renders in (ms) " + millis);
		return Collections.min(millis);
	}

	private static long millis(String issue) {
		long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		SampleMails.compile(issue).message(SampleMails.ANN);
		return TimeUnit.NANOSECONDS.toMillis(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
	}

	private static String madeUp() {
		StringBuilder issue = new StringBuilder("# Large\n\n").append("A long line. ".repeat(600)).append("\n\n");
		for (int i = 0; issue.length() < 100_000; i++) {
			issue.append(SECTION.formatted(i));
		}
		return issue.append(END).toString();
	}

}
