package dev.herald.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All rows of a table in the order of its key, page by page: H2 and MySQL both hold a
 * whole result in memory.
 */
final class TableReader {

	private static final int PAGE = 2000;

	private final Connection connection;

	private final Table table;

	private final int page;

	TableReader(Connection connection, Table table) {
		this.connection = connection;
		this.table = table;
		// What may be as large as an issue is held one at a time.
		this.page = table.large() ? 1 : PAGE;
	}

	/**
	 * A page goes on within the longest prefix of the key that it ended in, and with the
	 * next shorter one when that has no more: each is one range of the index, where a
	 * comparison of the whole key makes both databases read from the beginning.
	 */
	void forEach(RowAction action) throws SQLException, IOException {
		int deepest = this.table.key().size() - 1;
		List<@Nullable Object> last = List.of();
		int depth = -1;
		do {
			List<@Nullable Object[]> rows = page(depth, last);
			for (@Nullable
			Object[] row : rows) {
				action.accept(row);
			}
			if (!rows.isEmpty()) {
				last = key(rows.get(rows.size() - 1));
			}
			depth = (rows.size() == this.page) ? deepest : depth - 1;
		}
		while (depth >= 0);
	}

	private List<@Nullable Object[]> page(int depth, List<@Nullable Object> last) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(select(depth))) {
			for (int i = 0; i <= depth; i++) {
				statement.setObject(i + 1, last.get(i));
			}
			List<@Nullable Object[]> rows = new ArrayList<>();
			try (ResultSet found = statement.executeQuery()) {
				while (found.next()) {
					rows.add(row(found));
				}
			}
			return rows;
		}
	}

	private String select(int depth) {
		StringBuilder sql = new StringBuilder("SELECT ").append(this.table.columnNames())
			.append(" FROM ")
			.append(this.table.sqlName());
		for (int i = 0; i <= depth; i++) {
			sql.append((i == 0) ? " WHERE " : " AND ")
				.append(this.table.keyColumn(i))
				.append((i == depth) ? " > ?" : " = ?");
		}
		for (int i = 0; i < this.table.key().size(); i++) {
			sql.append((i == 0) ? " ORDER BY " : ", ").append(this.table.keyColumn(i));
		}
		return sql.append(" LIMIT ").append(this.page).toString();
	}

	private @Nullable Object[] row(ResultSet found) throws SQLException {
		@Nullable Object[] row = new @Nullable Object[this.table.columns().size()];
		for (int i = 0; i < row.length; i++) {
			row[i] = this.table.columns().get(i).kind().read(found, i + 1);
		}
		return row;
	}

	private List<@Nullable Object> key(@Nullable Object[] row) {
		List<@Nullable Object> key = new ArrayList<>();
		for (int position : this.table.key()) {
			key.add(row[position]);
		}
		return key;
	}

	/** What becomes of a row: its values in the order of the table's columns. */
	interface RowAction {

		void accept(@Nullable Object[] row) throws IOException;

	}

}
