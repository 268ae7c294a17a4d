package dev.herald.backup;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** Rows in every table that a backup holds, and all of a database to compare. */
final class FilledTables {

	private static final int ROWS = 5;

	private static final int LONG_TEXT = 40;

	private FilledTables() {
	}

	/**
	 * Five rows in each: with NULL where it may be, the largest numbers, four-byte
	 * characters, fractions of a second and every octet.
	 */
	static void fill(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			for (Table table : Tables.of(connection)) {
				try (TableWriter writer = new TableWriter(connection, table)) {
					for (int n = 1; n <= ROWS; n++) {
						writer.add(row(connection, table, n));
					}
					writer.flush();
				}
			}
		}
	}

	private static @Nullable Object[] row(Connection connection, Table table, int n) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet none = statement.executeQuery("SELECT * FROM " + table.sqlName() + " WHERE 1 = 0")) {
			ResultSetMetaData described = none.getMetaData();
			@Nullable Object[] row = new @Nullable Object[table.columns().size()];
			for (int i = 0; i < row.length; i++) {
				boolean nullable = described.isNullable(i + 1) == ResultSetMetaData.columnNullable;
				row[i] = (nullable && n == 1 && !table.name().equals("signing_key")) ? null
						: value(table, table.columns().get(i), described.getPrecision(i + 1), n);
			}
			return row;
		}
	}

	private static Object value(Table table, Column column, int width, int n) {
		return switch (column.kind()) {
			case INTEGER -> (n == 2 && column.name().equals("totp_step")) ? Long.MAX_VALUE : (long) n;
			case DECIMAL -> new BigDecimal("-99999999999999." + n);
			case TEXT, FIXED_TEXT -> text(table, column, width, n);
			case BINARY -> octets(table.large() ? 256 : 32, n);
			case DATE -> LocalDate.of(2026, 11, n);
			case DATE_TIME -> LocalDateTime.of(2026, 11, n, 23, 59, 59, 999_000_000);
		};
	}

	private static String text(Table table, Column column, int width, int n) {
		if (table.name().equals("send") && column.name().equals("status")) {
			return List.of("SCHEDULED", "RUNNING", "WAITING", "HELD", "DONE").get(n - 1);
		}
		if (table.name().equals("send") && column.name().equals("resent")) {
			return List.of("", "REJECTED", "REJECTED,EXPIRED", "UNCERTAIN", "CANCELLED,SKIPPED").get(n - 1);
		}
		if (table.name().equals("send") && column.name().equals("reason") && n == 4) {
			return "[\"delivery.hold.paused\",\"ann\"]";
		}
		if (column.name().equals("zone")) {
			return "UTC";
		}
		if (table.name().equals("notice") && column.name().equals("state")) {
			return List.of("READY", "SENDING", "ACCEPTED", "UNCERTAIN", "REJECTED").get(n - 1);
		}
		if (table.name().equals("signing_key")) {
			return dev.herald.tracking.TestFingerprints.of(octets(32, n));
		}
		if (column.kind() == Kind.FIXED_TEXT) {
			return HexFormat.of().formatHex(octets(width, n)).substring(0, width);
		}
		return (width >= LONG_TEXT) ? n + " \"José\\ \uD83D\uDCE8\n\t end" : "v" + n;
	}

	private static byte[] octets(int length, int n) {
		byte[] octets = new byte[length];
		for (int i = 0; i < length; i++) {
			octets[i] = (byte) (i + n);
		}
		return octets;
	}

	/** Every row of every table of a backup, as text, by table. */
	static Map<String, List<String>> dump(DataSource dataSource) throws Exception {
		Map<String, List<String>> dump = new LinkedHashMap<>();
		try (Connection connection = dataSource.getConnection()) {
			for (Table table : Tables.of(connection)) {
				List<String> rows = new ArrayList<>();
				new TableReader(connection, table).forEach((row) -> rows.add(text(table, row)));
				dump.put(table.name(), rows);
			}
		}
		return dump;
	}

	private static String text(Table table, @Nullable Object[] row) {
		List<String> cells = new ArrayList<>();
		for (int i = 0; i < row.length; i++) {
			Object value = row[i];
			String text = (value instanceof byte[] octets) ? HexFormat.of().formatHex(octets)
					: (value instanceof String string) ? string.stripTrailing() : String.valueOf(value);
			cells.add(table.columns().get(i).name() + "=" + text);
		}
		return String.join("|", cells);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
