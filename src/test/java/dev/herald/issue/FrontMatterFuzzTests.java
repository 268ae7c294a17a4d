package dev.herald.issue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.herald.problem.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a file begins with, it is read, or its editor is told what to mend. */
class FrontMatterFuzzTests {

	private static final int ISSUES = 4000;

	/**
	 * Of processor time an issue, on a slow machine; it takes less than 1 ms on average.
	 */
	private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

	/**
	 * The same ones always, of which the last three found a tab in a message and two
	 * faults of the TOML parser; and one more.
	 */
	static long[] seeds() {
		return new long[] { 5, 56_114_040_521_511L, 57_054_635_326_664L, 777_153_088L, System.nanoTime() };
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void everyFileIsReadOrItsEditorIsToldWhatToMend(long seed) {
		int read = 0;
		for (int i = 0; i < ISSUES; i++) {
			byte[] file = RandomIssues.of(new Random(seed + i));
			long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			try {
				assertSound(IssueReader.read("a.md", file), text(file));
				read++;
			}
			catch (Problem ex) {
				assertThat(ex.getMessage()).as("seed " + (seed + i))
					.startsWith("a.md")
					.hasSizeLessThan(1000)
					.doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
			}
			catch (AssertionError | RuntimeException | StackOverflowError ex) {
				throw new AssertionError("Seed " + (seed + i) + ":\n" + text(file), ex);
			}
			assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
				.as("processor time of seed " + (seed + i))
				.isLessThan(MAX_NANOS);
		}
		System.out.printf("Read %d of %d random files%n", read, ISSUES);
		assertThat(read).isBetween(ISSUES / 3, ISSUES - 1);
	}

	private static String text(byte[] file) {
		return new String(file, StandardCharsets.UTF_8);
	}

	private static void assertSound(IssueSource issue, String file) {
		assertThat(issue.title()).isNotBlank()
			.hasSizeLessThanOrEqualTo(300)
			.doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
		assertThat(issue.slug()).hasSizeBetween(1, 120).matches("[\\p{L}\\p{M}\\p{Nd}_-]+");
		assertThat(issue.metadata().keySet()).allMatch((key) -> key.equals(key.toLowerCase(Locale.ROOT)));
		String whole = file.replaceFirst("^\uFEFF", "").replace("\r\n", "\n").replace('\r', '\n');
		assertThat(whole).endsWith(issue.markdown());
		String front = whole.substring(0, whole.length() - issue.markdown().length());
		assertThat(front.chars().filter((c) -> c == '\n').count()).isEqualTo(issue.firstLine() - 1);
	}

}
