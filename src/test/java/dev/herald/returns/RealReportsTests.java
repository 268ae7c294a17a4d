package dev.herald.returns;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Over every mail below ../shared/data/bounces; skipped where that is absent. */
class RealReportsTests {

	private static final Path DATA = Path.of("../shared/data/bounces");

	private static final Duration LIMIT = Duration.ofMillis(250);

	@BeforeEach
	void dataIsThere() {
		assumeTrue(Files.isDirectory(DATA), "No " + DATA + " here");
	}

	@Test
	void noneThrowsOrIsSlow() throws IOException {
		Map<Report.Kind, Integer> kinds = new EnumMap<>(Report.Kind.class);
		List<String> slow = new ArrayList<>();
		for (Path file : files()) {
			byte[] mail = Files.readAllBytes(file);
			// Of this thread, so that a busy machine is not taken for a slow parser.
			long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			Report report = ReportParser.parse(mail);
			Duration taken = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
			kinds.merge(report.kind(), 1, Integer::sum);
			if (taken.compareTo(LIMIT) > 0) {
				slow.add(file + " " + taken);
			}
		}
		System.out.println("Real mails by kind: " + kinds);
		assertThat(slow).isEmpty();
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(DATA)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	/**
	 * The literal fields are facts, made with another parser: all of the report itself
	 * must be found.
	 */
	@Test
	void everyLiteralStatusAndActionIsFound() throws IOException {
		List<String> missing = new ArrayList<>();
		for (String folder : List.of("sisimai", "flanker", "mikel-mail", "mimekit-reports")) {
			for (Map<String, String> row : Table.read(DATA.resolve(folder).resolve("dsn-fields.tsv"))) {
				String status = StatusCodes.enhanced(Table.cell(row, "Status"));
				String action = Table.cell(row, "Action").toLowerCase(Locale.ROOT).strip();
				Report report = ReportParser
					.parse(Files.readAllBytes(DATA.resolve(folder).resolve(Table.cell(row, "file"))));
				boolean found = report.recipients()
					.stream()
					.anyMatch((recipient) -> recipient.action().equals(action)
							&& (status.isEmpty() || recipient.status().equals(status)));
				if (!found) {
					missing.add(folder + " " + row + " but " + report);
				}
			}
		}
		// Two are of a report inside the returned mail: about that one, not about this.
		assertThat(missing).hasSizeLessThanOrEqualTo(2);
	}

}
