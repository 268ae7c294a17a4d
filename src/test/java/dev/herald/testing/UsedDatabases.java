package dev.herald.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Databases that a test is done with, each brought back to what the migrations leave
 * before the next test gets it: that takes a tenth of the time of a new one. One to which
 * somebody is connected still, or whose tables are not what they were, is given to
 * nobody.
 */
final class UsedDatabases {

	static final UsedDatabases OF_H2 = new UsedDatabases(Dialect.H2);

	static final UsedDatabases OF_MYSQL = new UsedDatabases(Dialect.MYSQL);

	private final Dialect dialect;

	private final Deque<String> urls = new ArrayDeque<>();

	private @Nullable Migrated migrated;

	private UsedDatabases(Dialect dialect) {
		this.dialect = dialect;
	}

	/** Looks once at one that is migrated and was not worked with yet. */
	synchronized void learn(JdbcClient jdbc) {
		if (this.migrated == null) {
			this.migrated = Migrated.of(jdbc);
		}
	}

	synchronized void add(String url) {
		if (this.dialect.tellsWhatIsUsed()) {
			this.urls.add(url);
		}
	}

	/** The URL of one that is as good as new. */
	synchronized Optional<String> take() {
		while (this.migrated != null && !this.urls.isEmpty()) {
			String url = this.urls.remove();
			SingleConnectionDataSource connection = new SingleConnectionDataSource(url, true);
			try {
				JdbcClient jdbc = JdbcClient.create(connection);
				if (jdbc.sql(this.dialect.others).query(Integer.class).single() == 0
						&& Migrated.columns(jdbc).equals(this.migrated.columns())) {
					empty(jdbc, this.migrated);
					return Optional.of(url);
				}
				this.dialect.abandon(jdbc);
			}
			finally {
				connection.destroy();
			}
		}
		return Optional.empty();
	}

	private void empty(JdbcClient jdbc, Migrated migrated) {
		jdbc.sql(this.dialect.referencesOff).update();
		List<String> touched = jdbc.sql(this.dialect.touched(migrated.emptyTables())).query(String.class).list();
		for (String table : touched) {
			jdbc.sql(this.dialect.truncate.formatted(table)).update();
		}
		for (String sequence : this.dialect.sequences(jdbc)) {
			jdbc.sql("ALTER SEQUENCE " + sequence + " RESTART").update();
		}
		migrated.rows().forEach((table, rows) -> {
			if (!touched.contains(table)) {
				jdbc.sql("DELETE FROM " + table).update();
			}
			for (List<Object> row : rows) {
				String places = "?, ".repeat(row.size() - 1) + "?";
				jdbc.sql("INSERT INTO " + table + " VALUES (" + places + ")").params(row).update();
			}
		});
		jdbc.sql(this.dialect.referencesOn).update();
	}

	/** What differs. */
	private enum Dialect {

		H2("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID <> SESSION_ID()",
				"SET REFERENTIAL_INTEGRITY FALSE", "SET REFERENTIAL_INTEGRITY TRUE",
				"TRUNCATE TABLE %s RESTART IDENTITY") {
			@Override
			String touched(Collection<String> tables) {
				return """
						SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
						WHERE TABLE_SCHEMA = SCHEMA() AND TABLE_TYPE = 'BASE TABLE'
						""";
			}

			@Override
			List<String> sequences(JdbcClient jdbc) {
				return jdbc.sql("SELECT SEQUENCE_NAME FROM INFORMATION_SCHEMA.SEQUENCES").query(String.class).list();
			}

			/** It is in memory: hundreds of them would fill it. */
			@Override
			void abandon(JdbcClient jdbc) {
				jdbc.sql("SHUTDOWN").update();
			}
		},
		MYSQL("SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST WHERE DB = SCHEMA() AND ID <> CONNECTION_ID()",
				"SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1", "TRUNCATE TABLE %s") {
			/**
			 * Of a MySQL, AUTO_INCREMENT may be that of yesterday; MariaDB's is today's.
			 */
			@Override
			boolean tellsWhatIsUsed() {
				return !MySqlServer.isGiven();
			}

			/** A TRUNCATE makes a new file: only where there is, or was, a row. */
			@Override
			String touched(Collection<String> tables) {
				List<String> selects = new ArrayList<>();
				selects.add("""
						SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
						WHERE TABLE_SCHEMA = SCHEMA() AND AUTO_INCREMENT > 1
						""");
				tables.forEach((table) -> selects
					.add("SELECT '%1$s' FROM (SELECT 1) AS one WHERE EXISTS (SELECT 1 FROM %1$s)".formatted(table)));
				return String.join(" UNION ", selects);
			}
		};

		private final String others;

		private final String referencesOff;

		private final String referencesOn;

		private final String truncate;

		Dialect(String others, String referencesOff, String referencesOn, String truncate) {
			this.others = others;
			this.referencesOff = referencesOff;
			this.referencesOn = referencesOn;
			this.truncate = truncate;
		}

		boolean tellsWhatIsUsed() {
			return true;
		}

		/** Asks for the names of the tables that are not as if nobody had used them. */
		abstract String touched(Collection<String> tables);

		List<String> sequences(JdbcClient jdbc) {
			return List.of();
		}

		void abandon(JdbcClient jdbc) {
			// Its server ends with the tests.
		}

	}

	/**
	 * @param columns each as table, column, type
	 * @param rows of the tables that have some
	 */
	private record Migrated(List<String> columns, List<String> emptyTables, Map<String, List<List<Object>>> rows) {

		static Migrated of(JdbcClient jdbc) {
			List<String> tables = jdbc.sql("""
					SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
					WHERE TABLE_SCHEMA = SCHEMA() AND TABLE_TYPE = 'BASE TABLE'
					""").query(String.class).list();
			List<String> empty = new ArrayList<>();
			Map<String, List<List<Object>>> rows = new LinkedHashMap<>();
			for (String table : tables) {
				List<List<Object>> found = jdbc.sql("SELECT * FROM " + table).query((row, number) -> {
					List<Object> values = new ArrayList<>();
					for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
						values.add(row.getObject(i));
					}
					return values;
				}).list();
				if (found.isEmpty()) {
					empty.add(table);
				}
				else {
					rows.put(table, found);
				}
			}
			return new Migrated(columns(jdbc), empty, rows);
		}

		static List<String> columns(JdbcClient jdbc) {
			return jdbc.sql("""
					SELECT CONCAT(TABLE_NAME, ' ', COLUMN_NAME, ' ', DATA_TYPE) FROM INFORMATION_SCHEMA.COLUMNS
					WHERE TABLE_SCHEMA = SCHEMA() ORDER BY TABLE_NAME, ORDINAL_POSITION
					""").query(String.class).list();
		}

	}

}
