package dev.herald.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Walks a database's own description of its tables: a table that a migration adds is in
 * the backup without a further line.
 */
final class Tables {

	private static final String OF_JOBS = "executions belong to the processes that ran them; what was sent is in the ledger";

	private static final String OF_SESSIONS = "after a restore everybody signs in anew";

	/** What is left out, and why. */
	static final Map<String, String> LEFT_OUT = Map.ofEntries(
			Map.entry("flyway_schema_history", "each database has its own migrations behind it"),
			Map.entry("scheduled_tasks",
					"servers make recurring tasks when they start, and a send's task is made when it is released"),
			Map.entry("spring_session", OF_SESSIONS), Map.entry("spring_session_attributes", OF_SESSIONS),
			Map.entry("installation", "counts the beats of one database, which another must not go on with"),
			Map.entry("maintenance", "marks an upgrade that is under way"),
			Map.entry("send_traffic", "what a process does at this moment"), Map.entry("batch_job_instance", OF_JOBS),
			Map.entry("batch_job_execution", OF_JOBS), Map.entry("batch_job_execution_params", OF_JOBS),
			Map.entry("batch_job_execution_context", OF_JOBS), Map.entry("batch_step_execution", OF_JOBS),
			Map.entry("batch_step_execution_context", OF_JOBS), Map.entry("batch_job_instance_seq", OF_JOBS),
			Map.entry("batch_job_execution_seq", OF_JOBS), Map.entry("batch_step_execution_seq", OF_JOBS));

	private static final Set<Integer> LARGE = Set.of(Types.LONGVARCHAR, Types.CLOB, Types.LONGVARBINARY, Types.BLOB);

	private final Connection connection;

	private final DatabaseMetaData description;

	private final boolean h2;

	private final Map<String, List<String>> parents;

	private Tables(Connection connection) throws SQLException {
		this.connection = connection;
		this.description = connection.getMetaData();
		this.h2 = Snapshot.isH2(connection);
		this.parents = this.h2 ? Map.of() : parentsOnMySql(connection);
	}

	/** By name, but each after those that its rows refer to. */
	static List<Table> of(Connection connection) throws SQLException {
		Tables tables = new Tables(connection);
		Map<String, Table> found = tables.found();
		List<Table> ordered = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (String name : found.keySet()) {
			tables.add(name, found, seen, ordered);
		}
		return ordered;
	}

	private void add(String name, Map<String, Table> found, Set<String> seen, List<Table> ordered) throws SQLException {
		Table table = found.get(name);
		if (table != null && seen.add(name)) {
			for (String parent : parents(table)) {
				add(parent, found, seen, ordered);
			}
			ordered.add(table);
		}
	}

	private Map<String, Table> found() throws SQLException {
		List<String> names = new ArrayList<>();
		try (ResultSet rows = this.description.getTables(this.connection.getCatalog(), this.connection.getSchema(),
				null, new String[] { "TABLE", "BASE TABLE" })) {
			while (rows.next()) {
				names.add(rows.getString("TABLE_NAME"));
			}
		}
		Map<String, Table> found = new TreeMap<>();
		for (String name : names) {
			if (!LEFT_OUT.containsKey(lower(name))) {
				found.put(lower(name), table(name));
			}
		}
		return found;
	}

	private Table table(String sqlName) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet none = statement.executeQuery("SELECT * FROM " + sqlName + " WHERE 1 = 0")) {
			ResultSetMetaData described = none.getMetaData();
			List<Column> columns = new ArrayList<>();
			String counter = null;
			boolean large = false;
			for (int i = 1; i <= described.getColumnCount(); i++) {
				int type = described.getColumnType(i);
				Column column = new Column(lower(described.getColumnName(i)), Kind.of(type));
				columns.add(column);
				counter = described.isAutoIncrement(i) ? column.name() : counter;
				large |= LARGE.contains(type);
			}
			return new Table(lower(sqlName), sqlName, columns, key(sqlName, columns), counter, large);
		}
	}

	/** Rows are read by it, so every table has one. */
	private List<Integer> key(String sqlName, List<Column> columns) throws SQLException {
		List<String> names = columns.stream().map(Column::name).toList();
		Map<Integer, Integer> byPosition = new TreeMap<>();
		try (ResultSet rows = this.description.getPrimaryKeys(this.connection.getCatalog(), this.connection.getSchema(),
				sqlName)) {
			while (rows.next()) {
				byPosition.put(rows.getInt("KEY_SEQ"), names.indexOf(lower(rows.getString("COLUMN_NAME"))));
			}
		}
		if (byPosition.isEmpty()) {
			throw new IllegalStateException("The table " + sqlName + " has no primary key");
		}
		return List.copyOf(byPosition.values());
	}

	private List<String> parents(Table table) throws SQLException {
		return this.h2 ? parentsOnH2(table) : this.parents.getOrDefault(table.name(), List.of());
	}

	/**
	 * All at once: the driver's own question looks into each table of each schema of the
	 * server, for every table, and took minutes beside a hundred schemas.
	 */
	private static Map<String, List<String>> parentsOnMySql(Connection connection) throws SQLException {
		Map<String, List<String>> parents = new TreeMap<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
				SELECT table_name AS child, referenced_table_name AS parent
				FROM information_schema.referential_constraints
				WHERE constraint_schema = DATABASE()
				""")) {
			while (rows.next()) {
				parents.computeIfAbsent(lower(rows.getString("child")), (name) -> new ArrayList<>())
					.add(lower(rows.getString("parent")));
			}
		}
		return parents;
	}

	private List<String> parentsOnH2(Table table) throws SQLException {
		List<String> parents = new ArrayList<>();
		try (ResultSet rows = this.description.getImportedKeys(this.connection.getCatalog(),
				this.connection.getSchema(), table.sqlName())) {
			while (rows.next()) {
				parents.add(lower(rows.getString("PKTABLE_NAME")));
			}
		}
		return parents;
	}

	private static String lower(@Nullable String name) {
		return (name != null) ? name.toLowerCase(Locale.ROOT) : "";
	}

}
