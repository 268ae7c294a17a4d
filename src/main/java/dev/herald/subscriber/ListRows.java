package dev.herald.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a list: every row below the header that is not blank, in order, with its
 * number and whether its address stood further up. Not thread-safe.
 */
final class ListRows implements AutoCloseable {

	/** Between two looks at how far it is. */
	private static final int LOOK = 256;

	private final ListFile list;

	private final RowReader reader;

	private final ImportProgress progress;

	private final SeenAddresses seen = new SeenAddresses();

	private final RowCursor cursor;

	private long number;

	ListRows(ListFile list, RowReader reader, ImportProgress progress) {
		this.list = list;
		this.reader = reader;
		this.progress = progress;
		try {
			this.cursor = list.rows();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * @param number of the row among all that are not blank, from 1
	 * @param repeated whether its address stood further up
	 */
	record Numbered(long number, ListRow row, boolean repeated) {
	}

	/** Null behind the last. */
	@Nullable Numbered next() {
		try {
			RawRow raw = this.cursor.next();
			while (raw != null && raw.isBlank()) {
				raw = this.cursor.next();
			}
			if (raw == null) {
				return null;
			}
			this.number++;
			if (this.number % LOOK == 0) {
				this.progress.at(this.number, this.cursor.bytes());
			}
			ListRow row = this.reader.read(raw);
			boolean repeated = row instanceof ListRow.Good good && !this.seen.add(good.address().matchKey());
			return new Numbered(this.number, row, repeated);
		}
		catch (CsvParseException ex) {
			throw ListFile.broken(this.list.path(), ex);
		}
		catch (UncheckedIOException ex) {
			throw unreadable(Objects.requireNonNull(ex.getCause()));
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/** Rows that are behind us. */
	long number() {
		return this.number;
	}

	private Problem unreadable(IOException ex) {
		return new Problem(Problem.Kind.WORK,
				Sentence.of("subscriber.unreadable", this.list.path().toString(), String.valueOf(ex.getMessage())), ex);
	}

	@Override
	public void close() {
		try {
			this.cursor.close();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

}
