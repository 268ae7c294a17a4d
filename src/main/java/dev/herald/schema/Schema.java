package dev.herald.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import dev.herald.problem.Problem;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings a database to the tables that this version of Herald works with. Looks first
 * with one query, since loading Flyway costs a command most of a second.
 */
public final class Schema {

	/** The newest migration; a test compares it with what Flyway finds. */
	public static final int CURRENT = 2;

	/** Upper case, so that H2 finds it without quotes. */
	private static final String HISTORY = "FLYWAY_SCHEMA_HISTORY";

	private static final String MIGRATIONS = "classpath:db/migration";

	/** A dead process's lease of a send ends within 15 s. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final DataSource dataSource;

	private final int current;

	private final Duration patience;

	private final String[] locations;

	public Schema(DataSource dataSource) {
		this(dataSource, CURRENT, PATIENCE, MIGRATIONS);
	}

	/**
	 * @param current the newest migration in the locations
	 * @param patience how long an upgrade waits for sends that are under way
	 */
	Schema(DataSource dataSource, int current, Duration patience, String... locations) {
		this.dataSource = dataSource;
		this.current = current;
		this.patience = patience;
		this.locations = locations.clone();
	}

	/**
	 * Does nothing where the tables are current.
	 * @throws Problem when the database can't be reached, is newer than this version, or
	 * can't be upgraded; when a send is under way it is not
	 */
	public void ensureCurrent() {
		connect();
		int found = version();
		if (found > this.current) {
			throw Problem.work(
					"The database has the tables of a newer Herald (schema %d; this one knows %d). Start that version, or restore a backup made before the upgrade."
						.formatted(found, this.current));
		}
		if (found == 0) {
			migrate();
		}
		else if (found < this.current) {
			new Upgrade(JdbcClient.create(this.dataSource), this.patience).run(this::migrate);
		}
	}

	private void connect() {
		try (Connection connection = this.dataSource.getConnection()) {
			if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
				checkH2Settings();
				H2ExitHook.takeOut(connection);
			}
		}
		catch (SQLException | CannotGetJdbcConnectionException ex) {
			throw new Problem(Problem.Kind.WORK,
					"The database can't be reached: %s. Start it, or set spring.datasource.url, username and password."
						.formatted(rootMessage(ex)),
					ex);
		}
	}

	/**
	 * The one SQL dialect is MySQL's; and with H2's default write delay a kill -9 lost
	 * 24,894 of 74,254 acknowledged commits, with 0 none of 15,085.
	 */
	private void checkH2Settings() {
		Map<String, String> settings = new HashMap<>();
		JdbcClient.create(this.dataSource).sql("""
				SELECT SETTING_NAME, SETTING_VALUE, DATABASE_PATH() AS file FROM INFORMATION_SCHEMA.SETTINGS
				WHERE SETTING_NAME IN ('MODE', 'WRITE_DELAY')
				""").query((row) -> {
			boolean inMemory = row.getString("file") == null && row.getString("SETTING_NAME").equals("WRITE_DELAY");
			settings.put(row.getString("SETTING_NAME"), inMemory ? "0" : row.getString("SETTING_VALUE"));
		});
		if (!"MySQL".equals(settings.get("MODE"))) {
			throw Problem
				.usage("spring.datasource.url names an H2 database without MODE=MySQL. Add ;MODE=MySQL to the URL.");
		}
		if (!"0".equals(settings.get("WRITE_DELAY"))) {
			throw Problem.usage(
					"spring.datasource.url names an H2 file without WRITE_DELAY=0: after a crash its ledger would have forgotten mails that went out. Add ;WRITE_DELAY=0 to the URL.");
		}
	}

	private int version() {
		JdbcClient jdbc = JdbcClient.create(this.dataSource);
		int tables = jdbc.sql("""
				SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = SCHEMA() AND TABLE_NAME = ?
				""").param(HISTORY).query(Integer.class).single();
		if (tables == 0) {
			return 0;
		}
		// All columns: Flyway quotes their names in lower case on H2, and MySQL takes
		// such quotes for strings.
		return jdbc.sql("SELECT * FROM " + HISTORY)
			.query()
			.listOfRows()
			.stream()
			.filter((row) -> row.get("version") != null)
			.mapToInt((row) -> Integer.parseInt(String.valueOf(row.get("version"))))
			.max()
			.orElse(0);
	}

	private void migrate() {
		try {
			flyway().migrate();
		}
		catch (FlywayException ex) {
			throw new Problem(Problem.Kind.WORK,
					"The tables can't be upgraded: %s. The database is as Flyway left it; restore the backup or mend it, then start again."
						.formatted(rootMessage(ex)),
					ex);
		}
	}

	Flyway flyway() {
		return Flyway.configure()
			.dataSource(this.dataSource)
			.table(HISTORY)
			.locations(this.locations)
			.javaMigrations(new SpringBatchTables())
			.failOnMissingLocations(true)
			.load();
	}

	private static String rootMessage(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return message.lines().findFirst().orElse("").replaceAll("\\.$", "");
	}

}
