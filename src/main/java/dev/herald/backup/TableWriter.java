package dev.herald.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Adds rows to a table, many with each statement. For one thread; flush it at the end.
 */
final class TableWriter implements AutoCloseable {

	private static final int MOST_ROWS = 250;

	private final Connection connection;

	private final Table table;

	private final int most;

	private final List<@Nullable Object[]> waiting = new ArrayList<>();

	private @Nullable PreparedStatement full;

	TableWriter(Connection connection, Table table) {
		this.connection = connection;
		this.table = table;
		this.most = table.large() ? 1 : MOST_ROWS;
	}

	void add(@Nullable Object[] row) throws SQLException {
		this.waiting.add(row);
		if (this.waiting.size() == this.most) {
			if (this.full == null) {
				this.full = prepare(this.most);
			}
			insert(this.full);
		}
	}

	void flush() throws SQLException {
		if (!this.waiting.isEmpty()) {
			try (PreparedStatement rest = prepare(this.waiting.size())) {
				insert(rest);
			}
		}
	}

	private PreparedStatement prepare(int rows) throws SQLException {
		String row = "(" + "?, ".repeat(this.table.columns().size() - 1) + "?)";
		return this.connection.prepareStatement("INSERT INTO %s (%s) VALUES %s%s".formatted(this.table.sqlName(),
				this.table.columnNames(), (row + ", ").repeat(rows - 1), row));
	}

	private void insert(PreparedStatement statement) throws SQLException {
		int parameter = 1;
		for (@Nullable
		Object[] row : this.waiting) {
			for (@Nullable
			Object value : row) {
				statement.setObject(parameter++, value);
			}
		}
		statement.executeUpdate();
		this.waiting.clear();
	}

	@Override
	public void close() throws SQLException {
		if (this.full != null) {
			this.full.close();
		}
	}

}
