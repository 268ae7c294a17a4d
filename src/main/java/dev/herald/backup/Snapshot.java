package dev.herald.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/**
 * A connection on which all tables stay as they were at one moment, while others write.
 * For one thread.
 */
final class Snapshot implements AutoCloseable {

	/** {@code org.h2.engine.Constants.TRANSACTION_SNAPSHOT}: JDBC has no name for it. */
	private static final int H2_SNAPSHOT = 6;

	private final Connection connection;

	private final int isolation;

	private Snapshot(Connection connection) throws SQLException {
		this.connection = connection;
		this.isolation = connection.getTransactionIsolation();
	}

	static Snapshot of(DataSource dataSource) throws SQLException {
		Snapshot snapshot = new Snapshot(dataSource.getConnection());
		try {
			snapshot.begin();
			return snapshot;
		}
		catch (SQLException | RuntimeException ex) {
			snapshot.close();
			throw ex;
		}
	}

	static boolean isH2(Connection connection) throws SQLException {
		return connection.getMetaData().getDatabaseProductName().equals("H2");
	}

	/**
	 * H2's REPEATABLE READ looks at each table when it is first read, only its SNAPSHOT
	 * at all of them at the first statement.
	 */
	private void begin() throws SQLException {
		boolean h2 = isH2(this.connection);
		this.connection.setTransactionIsolation(h2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
		this.connection.setAutoCommit(false);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(h2 ? "SELECT COUNT(*) FROM newsletter" : "START TRANSACTION WITH CONSISTENT SNAPSHOT");
		}
	}

	Connection connection() {
		return this.connection;
	}

	@Override
	public void close() throws SQLException {
		try (Connection closing = this.connection) {
			closing.rollback();
			closing.setAutoCommit(true);
			closing.setTransactionIsolation(this.isolation);
		}
	}

}
