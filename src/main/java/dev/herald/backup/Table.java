package dev.herald.backup;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A table that a backup holds. Names are in lower case.
 *
 * @param sqlName as this database writes it
 * @param key the positions of its primary key's columns, in the key's order
 * @param counter the column that numbers new rows; null where none does
 * @param large it has texts or files that may be as large as a whole issue
 */
record Table(String name, String sqlName, List<Column> columns, List<Integer> key, @Nullable String counter,
		boolean large) {

	String columnNames() {
		return this.columns.stream().map(Column::name).collect(Collectors.joining(", "));
	}

	String keyColumn(int position) {
		return this.columns.get(this.key.get(position)).name();
	}

}
