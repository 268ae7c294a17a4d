package dev.herald.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.problem.Problem;
import dev.herald.schema.Schema;
import dev.herald.tracking.SigningKeyBackup;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the whole installation to one file, as it is at one moment, while servers go on
 * working. Memory does not grow with it. Thread-safe.
 */
@Service
public class Backup {

	/** Of passphrases: what is shorter is guessed. */
	private static final int SHORTEST = 12;

	private final DataSource dataSource;

	private final SigningKeyBackup keys;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Backup(DataSource dataSource, SigningKeyBackup keys, TransactionTemplate transactions,
			ApplicationEventPublisher events, Clock clock) {
		this.dataSource = dataSource;
		this.keys = keys;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * The file appears when it is whole, and can be read by its owner only.
	 * @param replace a file that is there already
	 * @param passphrase to encrypt it with; null: it is not encrypted
	 * @throws Problem where it can't be written, or a signing key is missing
	 */
	public BackupSummary write(Path file, boolean replace, @Nullable String passphrase, BackupProgress progress) {
		if (passphrase != null && passphrase.length() < SHORTEST) {
			throw Problem.usage("The passphrase is too short: it needs %d characters at least.".formatted(SHORTEST));
		}
		try (DraftFile draft = DraftFile.of(file, replace)) {
			return write(file, draft, passphrase, progress);
		}
		catch (IOException ex) {
			throw unwritable(file, ex);
		}
	}

	BackupSummary write(Path file, DraftFile draft, @Nullable String passphrase, BackupProgress progress) {
		try {
			BackupSummary summary = write(draft.out(), passphrase, progress);
			record(file, summary);
			draft.publish();
			return summary;
		}
		catch (JacksonIOException ex) {
			throw unwritable(file, Objects.requireNonNullElse(ex.getCause(), new IOException(ex)));
		}
		catch (IOException ex) {
			throw unwritable(file, ex);
		}
		catch (SQLException ex) {
			throw new Problem(Problem.Kind.WORK,
					"The database can't be read: %s. No backup was written.".formatted(ex.getMessage()), ex);
		}
	}

	private static Problem unwritable(Path file, IOException ex) {
		return new Problem(Problem.Kind.WORK,
				"The backup can't be written to %s: %s. Nothing is left of it there; mend that or name another place."
					.formatted(file, ex.getMessage()),
				ex);
	}

	private BackupSummary write(OutputStream file, @Nullable String passphrase, BackupProgress progress)
			throws IOException, SQLException {
		try (OutputStream flushed = file) {
			if (passphrase == null) {
				return write(flushed, progress, false);
			}
			try (SealedOutput sealed = new SealedOutput(flushed, Seal.fresh(passphrase))) {
				return write(sealed, progress, true);
			}
		}
	}

	private BackupSummary write(OutputStream out, BackupProgress progress, boolean sealed)
			throws IOException, SQLException {
		try (Snapshot snapshot = Snapshot.of(this.dataSource); BackupWriter writer = new BackupWriter(out, progress)) {
			Connection connection = snapshot.connection();
			Heading heading = new Heading(Heading.FORMAT, version(), Schema.CURRENT,
					this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
			writer.heading(heading);
			Map<Integer, byte[]> inFile = this.keys.inFile();
			if (!inFile.isEmpty()) {
				writer.keys(inFile);
			}
			Counters counters = new Counters(connection);
			List<Table> tables = Tables.of(connection);
			for (Table table : tables) {
				long next = (table.counter() != null) ? counters.next(table) : 0;
				writer.table(table, next, new TableReader(connection, table));
			}
			writer.end();
			return new BackupSummary(heading.madeAt(), heading.herald(), tables.size(), writer.rows(), sealed);
		}
	}

	/** That somebody has a copy of everything is on record before it can be read. */
	private void record(Path file, BackupSummary summary) {
		this.transactions.executeWithoutResult((status) -> this.events
			.publishEvent(Change.of(Action.BACKUP_WRITTEN, String.valueOf(file.getFileName()))
				.with("rows", summary.rows())
				.with("encrypted", summary.sealed())));
	}

	static String version() {
		return Objects.requireNonNullElse(Backup.class.getPackage().getImplementationVersion(), "development");
	}

}
