package dev.herald.schema;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps H2 from closing its file as soon as the JVM is told to end: workers that await a
 * relay's answer then had no ledger to record it in, and three stops in mid-send left 4,
 * 3 and 4 deliveries UNCERTAIN. The pool closes the database when everybody is done with
 * it. The setting for this, DB_CLOSE_ON_EXIT=FALSE, is refused together with
 * AUTO_SERVER=TRUE (error 50100), so the hook is taken out by reflection; a test stops a
 * send to see that it still can be.
 */
final class H2ExitHook {

	private static final Logger logger = LoggerFactory.getLogger(H2ExitHook.class);

	private H2ExitHook() {
	}

	/** Does nothing for a database that another process has open. */
	static void takeOut(Connection connection) throws SQLException {
		if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
			try {
				Method unregister = Class.forName("org.h2.engine.OnExitDatabaseCloser")
					.getDeclaredMethod("unregister", Database.class);
				unregister.setAccessible(true);
				unregister.invoke(null, session.getDatabase());
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				logger.warn(
						"H2 closes its file at once when Herald is stopped, so a stop in mid-send may leave deliveries uncertain: {}",
						ex.toString());
			}
		}
	}

}
