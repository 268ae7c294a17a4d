package dev.herald.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were not taken: line, column and reason, then the row as it was. Appears
 * whole or not at all; not created without a row. Not thread-safe.
 */
final class RejectsFile implements AutoCloseable {

	private final Path target;

	private final List<String> header;

	private @Nullable Path draft;

	private @Nullable CsvWriter writer;

	RejectsFile(Path target, List<String> header) {
		this.target = target.toAbsolutePath();
		this.header = header;
	}

	void add(ListRow.Bad row) {
		try {
			if (this.writer == null) {
				this.writer = create();
			}
			this.writer.writeRecord(cells(List.of(Long.toString(row.rejection().line()), row.rejection().column(),
					row.rejection().reason().toString()), row.fields()));
		}
		catch (IOException | UncheckedIOException ex) {
			throw unwritable(ex);
		}
	}

	private CsvWriter create() throws IOException {
		// Owner only, as all temporary files: there are addresses in it.
		this.draft = Files.createTempFile(this.target.getParent(), "rejects", ".part");
		CsvWriter csv = CsvWriter.builder().build(this.draft);
		csv.writeRecord(cells(List.of("line", "column", "reason"), this.header));
		return csv;
	}

	private static List<String> cells(List<String> first, List<String> rest) {
		List<String> cells = new ArrayList<>(first);
		rest.stream().map(SpreadsheetCell::write).forEach(cells::add);
		return cells;
	}

	/** Puts the file in its place. */
	void publish() {
		if (this.writer == null || this.draft == null) {
			return;
		}
		try {
			closeWriter();
			Files.move(this.draft, this.target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			this.draft = null;
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	/** Once: a second close of a CsvWriter fails. */
	private void closeWriter() throws IOException {
		CsvWriter open = this.writer;
		this.writer = null;
		if (open != null) {
			open.close();
		}
	}

	private Problem unwritable(Exception ex) {
		return new Problem(Problem.Kind.WORK,
				Sentence.of("subscriber.rejects", this.target.toString(), String.valueOf(ex.getMessage())), ex);
	}

	@Override
	public void close() {
		try {
			closeWriter();
			if (this.draft != null) {
				Files.deleteIfExists(this.draft);
			}
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

}
