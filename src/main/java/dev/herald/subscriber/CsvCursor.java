package dev.herald.subscriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file; the first that is asked for is the header. */
final class CsvCursor implements RowCursor {

	/** Longest cell and row, in characters: what a quote left open may swallow. */
	private static final int MAX_CELL = 20_000;

	private static final int MAX_ROW = 100_000;

	private final CountedStream stream;

	private final CsvReader<CsvRecord> reader;

	private final CloseableIterator<CsvRecord> rows;

	CsvCursor(Path path, Dialect dialect) throws IOException {
		this.stream = new CountedStream(Files.newInputStream(path));
		this.reader = CsvReader.builder()
			.fieldSeparator(dialect.separator())
			.quoteCharacter(dialect.quote())
			.allowExtraFields(true)
			.allowMissingFields(true)
			.trimWhitespacesAroundQuotes(true)
			.build(CsvRecordHandler.of((limits) -> limits.maxFieldSize(MAX_CELL).maxRecordSize(MAX_ROW)),
					ListFile.reader(this.stream, dialect.charset()));
		this.rows = this.reader.iterator();
	}

	/** Must be read before the rows. */
	List<String> header() {
		List<String> first = this.rows.hasNext() ? this.rows.next().getFields() : List.of();
		String line = String.join(",", first);
		boolean note = ListFile.isSeparatorLine(line)
				|| ListFile.isSeparatorLine(first.isEmpty() ? "" : first.get(0) + "?");
		return (note && this.rows.hasNext()) ? this.rows.next().getFields() : first;
	}

	@Override
	public @Nullable RawRow next() {
		if (!this.rows.hasNext()) {
			return null;
		}
		CsvRecord row = this.rows.next();
		return new RawRow(row.getStartingLineNumber(), row.getFields(), null);
	}

	@Override
	public long bytes() {
		return this.stream.count();
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
