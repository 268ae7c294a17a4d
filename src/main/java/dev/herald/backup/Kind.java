package dev.herald.backup;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a column holds, whichever database names its type how. */
enum Kind {

	INTEGER {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			long value = row.getLong(column);
			return row.wasNull() ? null : (Object) value;
		}

		@Override
		void write(Object value, JsonGenerator json) {
			json.writeNumber((long) value);
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			expect(json, JsonToken.VALUE_NUMBER_INT);
			return json.getLongValue();
		}
	},
	/** With as many decimals as the column has, on every database. */
	DECIMAL {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			return row.getBigDecimal(column);
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			expect(json, JsonToken.VALUE_STRING);
			String number = json.getString();
			if (!PLAIN.matcher(number).matches()) {
				throw new DamagedException("a number can't be read");
			}
			return new BigDecimal(number);
		}
	},
	TEXT {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			return row.getString(column);
		}

		@Override
		void write(Object value, JsonGenerator json) {
			json.writeString((String) value);
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			expect(json, JsonToken.VALUE_STRING);
			return json.getString();
		}
	},
	/** Of a fixed width: H2 fills it up with spaces, and MySQL takes them away. */
	FIXED_TEXT {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			return row.getString(column);
		}

		@Override
		void write(Object value, JsonGenerator json) {
			json.writeString(((String) value).stripTrailing());
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			return TEXT.parse(json);
		}
	},
	BINARY {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			return row.getBytes(column);
		}

		@Override
		void write(Object value, JsonGenerator json) {
			json.writeBinary((byte[]) value);
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			expect(json, JsonToken.VALUE_STRING);
			return json.getBinaryValue();
		}
	},
	DATE {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			return row.getObject(column, LocalDate.class);
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			expect(json, JsonToken.VALUE_STRING);
			return time(() -> LocalDate.parse(json.getString()));
		}
	},
	/** In UTC, as everywhere. */
	DATE_TIME {
		@Override
		@Nullable Object read(ResultSet row, int column) throws SQLException {
			return row.getObject(column, LocalDateTime.class);
		}

		@Override
		Object parse(JsonParser json) throws DamagedException {
			expect(json, JsonToken.VALUE_STRING);
			return time(() -> LocalDateTime.parse(json.getString()));
		}
	};

	/** A short exponent could stand for gigabytes of digits. */
	private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,40}(?:[.][0-9]{1,20})?");

	/**
	 * @param type of {@link Types}
	 */
	static Kind of(int type) {
		return switch (type) {
			case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
			case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
			case Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> TEXT;
			case Types.CHAR -> FIXED_TEXT;
			case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BINARY;
			case Types.DATE -> DATE;
			case Types.TIMESTAMP -> DATE_TIME;
			default -> throw new IllegalArgumentException("A backup knows no columns of the JDBC type " + type);
		};
	}

	abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

	/** By its own text, unless it is something else in JSON. */
	void write(Object value, JsonGenerator json) {
		json.writeString(value.toString());
	}

	abstract Object parse(JsonParser json) throws DamagedException;

	/** As it stands in the file. */
	@JsonValue
	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	private static void expect(JsonParser json, JsonToken wanted) throws DamagedException {
		if (json.currentToken() != wanted) {
			throw new DamagedException("a value is of another kind than its column");
		}
	}

	private static Object time(Supplier<Object> parsing) throws DamagedException {
		try {
			return parsing.get();
		}
		catch (DateTimeException ex) {
			throw new DamagedException("a time can't be read");
		}
	}

}
