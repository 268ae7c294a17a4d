package dev.herald.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that new rows get. They go on after a restore even where the last rows are
 * gone: links in mails name rows by them, and must not come to name others.
 */
final class Counters {

	private static final Pattern NEXT = Pattern.compile("\\bAUTO_INCREMENT=(\\d+)");

	private final Connection connection;

	private final boolean h2;

	Counters(Connection connection) throws SQLException {
		this.connection = connection;
		this.h2 = Snapshot.isH2(connection);
	}

	/** Of a table that has one. */
	long next(Table table) throws SQLException {
		return this.h2 ? nextOfH2(table) : nextOfMySql(table);
	}

	private long nextOfH2(Table table) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("""
				SELECT IDENTITY_BASE FROM INFORMATION_SCHEMA.COLUMNS
				WHERE TABLE_SCHEMA = SCHEMA() AND TABLE_NAME = ? AND IS_IDENTITY = 'YES'
				""")) {
			statement.setString(1, table.sqlName());
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	/** INFORMATION_SCHEMA tells what it was up to a day ago (MySQL 8). */
	private long nextOfMySql(Table table) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table.sqlName())) {
			row.next();
			Matcher next = NEXT.matcher(row.getString(2));
			return next.find() ? Long.parseLong(next.group(1)) : 1;
		}
	}

	/** Ends the transaction under way, as every change of a table does. */
	void set(Table table, long next) throws SQLException {
		String change = this.h2
				? "ALTER TABLE %s ALTER COLUMN %s RESTART WITH %d".formatted(table.sqlName(), table.counter(), next)
				: "ALTER TABLE %s AUTO_INCREMENT = %d".formatted(table.sqlName(), next);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(change);
		}
	}

}
