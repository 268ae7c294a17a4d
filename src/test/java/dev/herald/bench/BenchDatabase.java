package dev.herald.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.herald.newsletter.Newsletter;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database that sends are measured on. Only the URL is kept, so that an H2 file is free
 * for the sending process.
 */
record BenchDatabase(Kind kind, String url) {

	private static final int MOST_BYTES_A_ROW = 100;

	private static final int FIRST_ROWS = 1_000;

	/** So many recipient domains, none of which exists. */
	private static final int DOMAINS = 50;

	enum Kind {

		H2("H2 file"), MYSQL("MySQL protocol");

		private final String inWords;

		Kind(String inWords) {
			this.inWords = inWords;
		}

		@Override
		public String toString() {
			return this.inWords;
		}

	}

	/** A new and empty one. */
	static BenchDatabase create(Kind kind, Path folder) throws IOException {
		if (kind == Kind.H2) {
			Path file = Files.createTempDirectory(folder, "h2-").resolve("herald");
			return new BenchDatabase(kind, "jdbc:h2:file:" + file + ";MODE=MySQL;WRITE_DELAY=0");
		}
		try (TestDatabase.Opened opened = TestDatabase.MYSQL.open()) {
			return new BenchDatabase(kind, opened.url());
		}
	}

	/**
	 * A newsletter with so many subscribers, written by INSERT … SELECT: a million takes
	 * seconds where an import takes minutes.
	 */
	Newsletter audience(TestHerald herald, int size) {
		JdbcClient jdbc = jdbc(herald);
		// The same size may come again, to see what the machine does meanwhile.
		Newsletter newsletter = herald.newsletter("bench-%d-%d".formatted(size, count(jdbc, "newsletter") + 1), 0);
		if (count(jdbc, "subscriber") == 0) {
			if (this.kind == Kind.H2) {
				// Below the counter: else H2 commits it anew for each row that has an id.
				jdbc.sql("ALTER TABLE subscriber ALTER COLUMN id RESTART WITH 1000000000").update();
			}
			insertFirst(jdbc);
		}
		for (int present = count(jdbc, "subscriber"); present < size; present = count(jdbc, "subscriber")) {
			jdbc.sql(
					"""
							INSERT INTO subscriber (id, address, match_key, name, created_at)
							SELECT id + :present, CONCAT('reader', id + :present, '@lists', MOD(id + :present, :domains), '.example'),
							CONCAT('reader', id + :present, '@lists', MOD(id + :present, :domains), '.example'),
							CONCAT('Reader ', id + :present), created_at FROM subscriber WHERE id <= :missing
							""")
				.param("present", present)
				.param("domains", DOMAINS)
				.param("missing", size - present)
				.update();
		}
		jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				SELECT :newsletter, id, 'ACTIVE', created_at FROM subscriber WHERE id <= :size
				""").param("newsletter", newsletter.id()).param("size", size).update();
		return newsletter;
	}

	private static void insertFirst(JdbcClient jdbc) {
		for (int id = 1; id <= FIRST_ROWS; id++) {
			String address = "reader" + id + "@lists" + id % DOMAINS + ".example";
			jdbc.sql("""
					INSERT INTO subscriber (id, address, match_key, name, created_at)
					VALUES (:id, :address, :address, :name, '2026-01-01 00:00:00')
					""").param("id", id).param("address", address).param("name", "Reader " + id).update();
		}
	}

	private static int count(JdbcClient jdbc, String table) {
		return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
	}

	/** What a commit costs depends on these. */
	static String durability(JdbcClient jdbc) {
		return jdbc.sql("""
				SHOW VARIABLES WHERE Variable_name IN ('version', 'innodb_flush_log_at_trx_commit', 'sync_binlog',
				'log_bin', 'innodb_flush_method', 'innodb_buffer_pool_size')
				""")
			.query((row, n) -> row.getString(1) + "=" + row.getString(2))
			.list()
			.stream()
			.sorted()
			.collect(Collectors.joining(", "));
	}

	/**
	 * Bytes that a row of the ledger takes, with its indexes, from information_schema.
	 */
	static void tellBytesARow(JdbcClient jdbc, Figures figures) {
		jdbc.sql("ANALYZE TABLE delivery").query().listOfRows();
		int rows = count(jdbc, "delivery");
		double data = length(jdbc, "data_length") / rows;
		double indexes = length(jdbc, "index_length") / rows;
		figures.row("ledger on the MySQL protocol, %,d rows after their sends".formatted(rows),
				"%.1f bytes a row".formatted(data + indexes), "data %.1f, indexes %.1f".formatted(data, indexes),
				Figures.verdict(data + indexes <= MOST_BYTES_A_ROW, "at most 100"));
	}

	private static double length(JdbcClient jdbc, String column) {
		return jdbc.sql("SELECT " + column + """
				 FROM information_schema.TABLES WHERE table_schema = DATABASE() AND table_name = 'delivery'
				""").query(Double.class).single();
	}

	static JdbcClient jdbc(TestHerald herald) {
		return JdbcClient.create(herald.get(DataSource.class));
	}

}
