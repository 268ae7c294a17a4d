package dev.herald.subscriber;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Writes and finds many rows by statements of few shapes: blocks of a power of two. The
 * MySQL driver keeps a prepared statement by its text; one of a thousand rows it prepared
 * anew for each chunk, and read the description of six thousand parameters back, which
 * was most of an import's time. Thread-safe.
 */
final class Blocks {

	/** Its text has to stay below prepStmtCacheSqlLimit. */
	static final int LARGEST = 256;

	private final JdbcOperations jdbc;

	Blocks(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * @param into ends with VALUES
	 * @param end what stands behind the rows
	 * @param values of a row, as many of each
	 * @return rows that were inserted
	 */
	<T> int insert(String into, List<T> rows, String end, Function<T, @Nullable Object[]> values) {
		int inserted = 0;
		int done = 0;
		for (int size = LARGEST; size > 0; size /= 2) {
			int blocks = (rows.size() - done) / size;
			if (blocks > 0) {
				inserted += insert(into, rows.subList(done, done + blocks * size), size, end, values);
				done += blocks * size;
			}
		}
		return inserted;
	}

	private <T> int insert(String into, List<T> rows, int size, String end, Function<T, @Nullable Object[]> values) {
		int columns = values.apply(rows.get(0)).length;
		String tuple = "(" + marks(columns) + ")";
		String sql = into + String.join(", ", Collections.nCopies(size, tuple)) + end;
		Integer inserted = this.jdbc.execute(sql, (PreparedStatement statement) -> {
			int sum = 0;
			for (int from = 0; from < rows.size(); from += size) {
				int parameter = 0;
				for (T row : rows.subList(from, from + size)) {
					for (Object value : values.apply(row)) {
						statement.setObject(++parameter, value);
					}
				}
				sum += statement.executeUpdate();
			}
			return sum;
		});
		return (inserted != null) ? inserted : 0;
	}

	/**
	 * @param select ends with IN
	 * @param keys without doubles
	 */
	void select(String select, List<?> keys, RowCallbackHandler row) {
		for (int from = 0; from < keys.size(); from += LARGEST) {
			List<?> block = keys.subList(from, Math.min(from + LARGEST, keys.size()));
			int size = atLeast(block.size());
			this.jdbc.query(select + " (" + marks(size) + ")", (statement) -> fill(statement, block, size), row);
		}
	}

	/** What is too much of the shape is the last key once more. */
	private static void fill(PreparedStatement statement, List<?> keys, int size) throws SQLException {
		for (int i = 0; i < size; i++) {
			statement.setObject(i + 1, keys.get(Math.min(i, keys.size() - 1)));
		}
	}

	private static int atLeast(int count) {
		int size = 1;
		while (size < count) {
			size *= 2;
		}
		return size;
	}

	private static String marks(int count) {
		return String.join(", ", Collections.nCopies(count, "?"));
	}

}
