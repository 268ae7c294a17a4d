package dev.herald.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.delivery.Continuity;
import dev.herald.notice.Notices;
import dev.herald.problem.Problem;
import dev.herald.schema.Schema;
import dev.herald.schema.Utc;
import dev.herald.tracking.SigningKeyBackup;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a backup into an empty database: in one transaction, so that a failure or a
 * crash leaves it empty. Nothing is sent then before a person has decided. For one
 * thread.
 */
@Service
public class Restore {

	/** Every server beats each five seconds. */
	private static final Duration LIVES = Duration.ofSeconds(15);

	/** MySQL's ER_DISK_FULL and ER_RECORD_FILE_FULL. */
	private static final Set<Integer> FULL = Set.of(1021, 1114);

	private final DataSource dataSource;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final SigningKeyBackup keys;

	private final Continuity continuity;

	private final Notices notices;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Restore(DataSource dataSource, JdbcClient jdbc, TransactionTemplate transactions, SigningKeyBackup keys,
			Continuity continuity, Notices notices, ApplicationEventPublisher events, Clock clock) {
		this.dataSource = dataSource;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.keys = keys;
		this.continuity = continuity;
		this.notices = notices;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Reads the file to its end before anything is written.
	 * @throws Problem where it is no whole backup, or not of these tables, and where the
	 * database is not empty; the database is as it was then
	 */
	public RestoreSummary run(BackupFile file, BackupProgress progress) {
		refuseLiving();
		try {
			Map<String, Table> tables = tables();
			Plan plan = new Plan(progress, tables);
			file.read(plan);
			plan.requireAll();
			BackupSummary backup = file.summary(plan);
			setCounters(plan);
			progress.again(backup.rows());
			return Objects.requireNonNull(this.transactions.execute((status) -> load(file, backup, tables, progress)));
		}
		catch (SQLException ex) {
			throw refused("", ex);
		}
	}

	private void refuseLiving() {
		boolean lives = this.jdbc.sql("SELECT COUNT(*) FROM installation WHERE beat_at > ? AND beat_count > 0")
			.param(Utc.of(this.clock.instant().minus(LIVES)))
			.query(Integer.class)
			.single() > 0;
		if (lives) {
			throw Problem.work(
					"A server works on this database, or did a moment ago. Stop it, wait %d s, and say it again. Nothing was changed."
						.formatted(LIVES.toSeconds()));
		}
	}

	private Map<String, Table> tables() throws SQLException {
		Map<String, Table> tables = new LinkedHashMap<>();
		try (Connection connection = this.dataSource.getConnection()) {
			for (Table table : Tables.of(connection)) {
				requireEmpty(connection, table);
				tables.put(table.name(), table);
			}
		}
		return tables;
	}

	private static void requireEmpty(Connection connection, Table table) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT 1 FROM " + table.sqlName() + " LIMIT 1")) {
			if (row.next()) {
				throw Problem.work(
						"The database is not empty: its table %s has rows. Nothing was changed. Restore into a new one: on H2 name another folder by herald.data-dir or move herald.mv.db away, on MySQL name a new schema in spring.datasource.url."
							.formatted(table.name()));
			}
		}
	}

	/** No table can be changed within the transaction; in empty ones it harms nobody. */
	private void setCounters(Plan plan) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			Counters counters = new Counters(connection);
			for (Map.Entry<Table, Long> next : plan.counters.entrySet()) {
				counters.set(next.getKey(), next.getValue());
			}
		}
	}

	private RestoreSummary load(BackupFile file, BackupSummary backup, Map<String, Table> tables,
			BackupProgress progress) {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			Load load = new Load(connection, tables, progress);
			file.read(load);
			this.keys.bring(load.keys);
		}
		catch (SQLException ex) {
			throw refused(progress.table(), ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
		int held = this.continuity.restored(backup.madeAt());
		int waiting = this.notices.restored();
		this.events.publishEvent(Change.of(Action.BACKUP_RESTORED, String.valueOf(file.path().getFileName()))
			.with("madeAt", backup.madeAt())
			.with("herald", backup.herald())
			.with("rows", backup.rows())
			.with("held", held));
		return new RestoreSummary(backup, held, waiting);
	}

	private static Problem refused(String table, SQLException ex) {
		String where = table.isEmpty() ? "" : " at the table " + table;
		String advice = FULL.contains(ex.getErrorCode())
				? " Its disk is full, or its files may not grow any more: make room for it, then restore again." : "";
		return new Problem(Problem.Kind.WORK,
				"The backup was not restored: the database failed%s: %s. It is empty, as before.%s".formatted(where,
						said(ex), advice),
				ex);
	}

	/**
	 * What a database says of rows it does not take (SQLSTATE classes 22 and 23) quotes
	 * them, and they hold addresses.
	 */
	private static String said(SQLException ex) {
		String state = String.valueOf(ex.getSQLState());
		return (state.startsWith("22") || state.startsWith("23"))
				? "it does not take a row (SQLSTATE %s, error %d)".formatted(state, ex.getErrorCode())
				: String.valueOf(ex.getMessage());
	}

	/** Compares the tables of a backup with those of the database. */
	private static final class Plan extends BackupFile.Look {

		private final Map<String, Table> tables;

		private final Map<Table, Long> counters = new HashMap<>();

		private final Set<String> seen = new HashSet<>();

		Plan(BackupProgress progress, Map<String, Table> tables) {
			super(progress);
			this.tables = tables;
		}

		@Override
		public void heading(Heading heading) {
			super.heading(heading);
			if (heading.schema() != Schema.CURRENT) {
				throw Problem.work(
						"The backup has the tables of %s Herald (%s: schema %d; this one has %d). Restore it with that version%s. Nothing was changed."
							.formatted((heading.schema() > Schema.CURRENT) ? "a newer" : "an older", heading.herald(),
									heading.schema(), Schema.CURRENT,
									(heading.schema() > Schema.CURRENT) ? "" : ", then upgrade"));
			}
		}

		@Override
		public void table(TableHeading heading, BackupReader.Rows rows) throws IOException {
			Table table = this.tables.get(heading.table());
			if (table == null) {
				throw differs("has a table %s, which this version does not know".formatted(heading.table()));
			}
			if (!table.columns().equals(heading.columns())) {
				throw differs("has other columns in the table %s".formatted(heading.table()));
			}
			if ((table.counter() != null) != (heading.next() > 0)) {
				throw new DamagedException("the numbers of the table %s can't be right".formatted(heading.table()));
			}
			super.table(heading, rows);
			this.seen.add(heading.table());
			if (heading.next() > 0) {
				this.counters.put(table, heading.next());
			}
		}

		void requireAll() {
			for (String name : this.tables.keySet()) {
				if (!this.seen.contains(name)) {
					throw differs("lacks the table %s".formatted(name));
				}
			}
		}

		private Problem differs(String how) {
			return Problem
				.work("The backup %s: it was written by Herald %s. Restore it with that version. Nothing was changed."
					.formatted(how, heading().herald()));
		}

	}

	/** Adds the rows of a backup that was looked through to the database. */
	private static final class Load implements BackupReader.Visitor {

		private final Connection connection;

		private final Map<String, Table> tables;

		private final BackupProgress progress;

		private Map<Integer, byte[]> keys = Map.of();

		Load(Connection connection, Map<String, Table> tables, BackupProgress progress) {
			this.connection = connection;
			this.tables = tables;
			this.progress = progress;
		}

		@Override
		public void heading(Heading heading) {
			// Known.
		}

		@Override
		public void table(TableHeading heading, BackupReader.Rows rows) throws IOException, SQLException {
			this.progress.table(heading.table());
			Table table = Objects.requireNonNull(this.tables.get(heading.table()));
			try (TableWriter writer = new TableWriter(this.connection, table)) {
				for (var row = rows.next(); row != null; row = rows.next()) {
					writer.add(row);
					this.progress.row();
				}
				writer.flush();
			}
		}

		@Override
		public void keys(Map<Integer, byte[]> keys) {
			this.keys = keys;
		}

	}

}
