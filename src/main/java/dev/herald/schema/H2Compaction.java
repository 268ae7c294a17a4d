package dev.herald.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

import javax.sql.DataSource;

import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an H2 file dense while it is written to. H2 does this on the thread that writes
 * commits later, and WRITE_DELAY=0 (docs/adr/0011) ends that thread too. Without it each
 * commit of a send leaves one block of some 24 kB in the file for the one page of 600
 * bytes in it that is still in use: 370,000 deliveries made 38,900 such blocks and a file
 * of 1.8 GB, and H2 looks through all of them for room at each commit.
 */
final class H2Compaction {

	private static final Logger logger = LoggerFactory.getLogger(H2Compaction.class);

	private static final Duration EVERY = Duration.ofSeconds(1);

	/** A file of which more is in use is left as it is. H2's own goal is 90. */
	private static final int WANTED_PERCENT = 70;

	/** In a turn: a second of the fastest send leaves some 130 kB in use. */
	private static final int MOST_OCTETS = 512 * 1024;

	/**
	 * How long what is in use no more is kept, should the machine lose its power before
	 * what replaced it is on the disk. H2 takes 45 s, in which an operating system writes
	 * by itself; here that is asked for in each turn.
	 */
	private static final Duration RETENTION = Duration.ofSeconds(10);

	/** Commits since the last turn, below which nothing is worth doing. */
	private static final int FEW = 20;

	private final DataSource dataSource;

	private final ScheduledExecutorService thread = DatabaseThread.named("h2-compaction");

	private @Nullable MVStore seen;

	private long seenVersion;

	H2Compaction(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/** Empty for every database that is not a file of H2's. */
	static Optional<H2Compaction> begin(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			if (!connection.isWrapperFor(JdbcConnection.class) || inMemory(connection)) {
				return Optional.empty();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		H2Compaction compaction = new H2Compaction(dataSource);
		DatabaseThread.repeat(compaction.thread, compaction::turn, EVERY);
		return Optional.of(compaction);
	}

	private static boolean inMemory(Connection connection) throws SQLException {
		return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
				&& session.getDatabase().getDatabasePath() == null;
	}

	/** Before the database is closed. */
	void end() {
		DatabaseThread.end(this.thread);
	}

	/** Does nothing for a file that another process has open. */
	void turn() {
		try (Connection connection = this.dataSource.getConnection()) {
			if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
				compact(session.getDatabase().getStore().getMvStore());
			}
		}
		catch (SQLException | RuntimeException ex) {
			// It is closed, or about to be. What H2 finds wrong with it, the next
			// statement meets too.
			logger.debug("The H2 file is left as it is for now: {}", ex.toString());
		}
	}

	private void compact(MVStore store) {
		if (store != this.seen) {
			store.setRetentionTime((int) RETENTION.toMillis());
			this.seen = store;
			this.seenVersion = 0;
		}
		long version = store.getCurrentVersion();
		if (version - this.seenVersion > FEW) {
			store.sync();
			store.compact(WANTED_PERCENT, MOST_OCTETS);
			this.seenVersion = version;
		}
	}

}
