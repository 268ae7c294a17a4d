package dev.herald.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * Times cross JDBC as LocalDateTime in UTC: no driver shifts those by the zone of the
 * server, the session or the JVM.
 */
public final class Utc {

	private Utc() {
	}

	/** For a DATETIME(3) column, which keeps milliseconds. */
	public static LocalDateTime of(Instant instant) {
		return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
	}

	public static Instant read(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

	/**
	 * The minute of a column as columns to select and to group by, in what all databases
	 * share; {@link #readMinute} reads them.
	 */
	public static String minuteOf(String column) {
		return "CAST(%1$s AS DATE), EXTRACT(HOUR FROM %1$s), EXTRACT(MINUTE FROM %1$s)".formatted(column);
	}

	/**
	 * @param first of its three columns
	 */
	public static Instant readMinute(ResultSet row, int first) throws SQLException {
		return row.getObject(first, LocalDate.class)
			.atTime(row.getInt(first + 1), row.getInt(first + 2))
			.toInstant(ZoneOffset.UTC);
	}

	public static @Nullable Instant readNullable(ResultSet row, String column) throws SQLException {
		LocalDateTime value = row.getObject(column, LocalDateTime.class);
		return (value != null) ? value.toInstant(ZoneOffset.UTC) : null;
	}

}
