package dev.herald.subscriber;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.herald.problem.Problem;
import dev.herald.subscriber.ListRows.Numbered;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A list is read in a second thread. */
class ReadAheadTests {

	private static final int ROWS = 20_000;

	/** What may be in memory: the blocks that wait, and the one that finds no place. */
	private static final int AHEAD = (ReadAhead.BLOCKS + 1) * ReadAhead.BLOCK_ROWS;

	private static final byte[] NO_UTF_8 = { 'j', 'o', (byte) 0xff, '@', 'e', '.', 'o', 'r', 'g', '\n' };

	@TempDir
	private Path folder;

	private Path list;

	private ListFile file;

	@BeforeEach
	void write() throws IOException {
		this.list = Files.writeString(this.folder.resolve("list.csv"), rows(1, ROWS));
		this.file = ListFile.open(this.list, StandardCharsets.UTF_8, null);
	}

	@Test
	void rowsComeInTheirOrderEachOnce() {
		try (ReadAhead ahead = new ReadAhead(open(), 0)) {
			for (int i = 1; i <= ROWS; i++) {
				assertThat(number(ahead.next())).isEqualTo(i);
			}
			assertThat(ahead.next()).isNull();
			assertThat(ahead.next()).isNull();
		}
	}

	@Test
	void aListOfWholeBlocksEndsAsWell() throws IOException {
		Files.writeString(this.list, rows(1, 2 * ReadAhead.BLOCK_ROWS));
		try (ReadAhead ahead = new ReadAhead(open(), 2 * ReadAhead.BLOCK_ROWS - 1)) {
			assertThat(number(ahead.next())).isEqualTo(2 * ReadAhead.BLOCK_ROWS);
			assertThat(ahead.next()).isNull();
		}
	}

	@Test
	void itIsNeverFurtherAheadThanMemoryAllows() {
		ImportProgress progress = new ImportProgress();
		try (ReadAhead ahead = new ReadAhead(open(progress), 0)) {
			Awaitility.await().until(() -> reader().getState() == Thread.State.WAITING);
			assertThat(progress.rows()).isBetween(AHEAD - 256L, (long) AHEAD);
			for (int i = 1; i <= ReadAhead.BLOCK_ROWS + 1; i++) {
				assertThat(number(ahead.next())).isEqualTo(i);
				assertThat(progress.rows()).isLessThanOrEqualTo(AHEAD + 2L * ReadAhead.BLOCK_ROWS);
			}
		}
	}

	@Test
	void closingEndsTheThreadWhereverItIs() {
		ReadAhead waiting = new ReadAhead(open(), 0);
		Awaitility.await().until(() -> reader().getState() == Thread.State.WAITING);
		waiting.close();
		assertThat(readers()).isEmpty();
		ReadAhead reading = new ReadAhead(open(), 0);
		reading.close();
		assertThat(readers()).isEmpty();
		ReadAhead passing = new ReadAhead(open(), ROWS);
		passing.close();
		assertThat(readers()).isEmpty();
	}

	@Test
	void whatBreaksIsToldBehindTheRowsBefore() throws IOException {
		breakBehind(5500);
		try (ReadAhead ahead = new ReadAhead(open(), 0)) {
			List<Numbered> read = new ArrayList<>();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> {
				for (Numbered next = ahead.next(); next != null; next = ahead.next()) {
					read.add(next);
				}
			}).withMessageContaining("list.csv");
			assertThat(read).hasSizeBetween(4 * ReadAhead.BLOCK_ROWS, 5500);
		}
	}

	/** The file was changed behind the check: what was taken is kept, and goes on. */
	@Test
	void whatBrokeGoesOnBehindTheRowsThatWereTaken() throws IOException {
		breakBehind(5500);
		ExecutionContext context = new ExecutionContext();
		ImportRows rows = new ImportRows(this::open);
		rows.open(context);
		for (int i = 1; i <= 700; i++) {
			assertThat(number(rows.read())).isEqualTo(i);
		}
		rows.update(context);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> {
			while (rows.read() != null) {
				// On to where it breaks.
			}
		});
		rows.close();
		assertThat(readers()).isEmpty();
		Files.writeString(this.list, rows(1, ROWS) + "reader3@example.org\n");
		ImportRows again = new ImportRows(this::open);
		again.open(context);
		for (int i = 701; i <= ROWS; i++) {
			assertThat(number(again.read())).isEqualTo(i);
		}
		Numbered repeated = again.read();
		assertThat(number(repeated)).isEqualTo(ROWS + 1);
		assertThat(repeated).matches(Numbered::repeated, "stood further up, in what was read over");
		assertThat(again.read()).isNull();
		again.close();
	}

	private void breakBehind(int rows) throws IOException {
		Files.writeString(this.list, rows(1, rows));
		Files.write(this.list, NO_UTF_8, StandardOpenOption.APPEND);
	}

	private ListRows open() {
		return open(new ImportProgress());
	}

	private ListRows open(ImportProgress progress) {
		Mapping mapping = Preset.of(this.file.header()).mapping(this.file.header());
		return new ListRows(this.file, new RowReader(this.file, mapping, Everyone.AS_WRITTEN, "list.csv"), progress);
	}

	private static long number(@Nullable Numbered row) {
		return (row != null) ? row.number() : -1;
	}

	private static Thread reader() {
		return readers().get(0);
	}

	private static List<Thread> readers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("import-reader"))
			.toList();
	}

	private static String rows(int from, int to) {
		return "email\n" + IntStream.rangeClosed(from, to)
			.mapToObj((i) -> "reader" + i + "@example.org\n")
			.collect(Collectors.joining());
	}

}
