package dev.herald.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.herald.check.Finding.Check;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The check of newsletters that people really sent. Each error among them was looked up
 * in its file: a link without an address.
 */
class RealIssuesCheckTests extends CheckTest {

	private static final Path ISSUES = Path.of("../shared/data/issues");

	private static List<Path> issues() throws IOException {
		assumeTrue(Files.isDirectory(ISSUES), () -> "There are no real issues here: " + ISSUES + " is absent");
		try (Stream<Path> files = Files.walk(ISSUES)) {
			return files.filter((file) -> file.toString().matches(".*\\.(md|markdown)"))
				.filter((file) -> !file.endsWith("NOTICE.md"))
				.sorted()
				.toList();
		}
	}

	@Test
	void whatIsFoundInThemIsTrue() throws IOException {
		Map<Check, Integer> counts = new TreeMap<>();
		List<String> errors = new ArrayList<>();
		List<Path> issues = issues();
		for (Path issue : issues) {
			for (Finding finding : check(Files.readString(issue, StandardCharsets.UTF_8),
					newsletter("https://example.org/n/", "1 Main St"), Path.of(""))) {
				counts.merge(finding.check(), 1, Integer::sum);
				if (finding.isError()) {
					errors.add("%s:%d %s".formatted(issue.getFileName(), finding.line(), finding.check().key()));
				}
			}
		}
		System.out.println("Findings in " + issues.size() + " real issues: " + counts);
		assertThat(errors).containsExactly("2022-07-01.md:63 empty-link",
				"2024-11-20-this-week-in-rust.md:149 empty-link", "2024-11-20-this-week-in-rust.md:153 empty-link",
				"2024-11-20-this-week-in-rust.md:506 empty-link");
		assertThat(counts).doesNotContainKeys(Check.FILTER_WORDS, Check.LEFTOVER, Check.SUBJECT_SHOUTS,
				Check.LAZY_PICTURE, Check.UNSUBSCRIBE);
		assertThat(counts.get(Check.PICTURE_HOST)).as("pictures on mmbiz.qpic.cn").isEqualTo(3);
		assertThat(counts.get(Check.DUPLICATE_LINK)).isLessThan(30);
	}

}
