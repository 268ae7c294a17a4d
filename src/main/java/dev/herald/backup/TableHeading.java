package dev.herald.backup;

import java.util.List;
import java.util.Objects;

/**
 * The first line of a table; a line for each row follows, with its values in the order of
 * the columns.
 *
 * @param next the number that its next new row gets; 0 where rows are not numbered
 */
record TableHeading(String table, List<Column> columns, long next) {

	TableHeading {
		Objects.requireNonNull(table);
		columns = List.copyOf(columns);
	}

}
