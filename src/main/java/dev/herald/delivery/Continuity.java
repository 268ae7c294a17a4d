package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import dev.herald.settings.Installation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices that the database was restored from a backup, whose ledger has forgotten mails
 * that went out, and holds every unfinished send then. The database counts beats; each
 * data folder keeps the highest that was seen from it, outside of the database.
 * Thread-safe.
 */
@Component
public class Continuity {

	/** Another process beats more often: the folder is new, and not the database. */
	private static final Duration FRESH = Duration.ofMinutes(1);

	/**
	 * Beats that a restored database skips, so that folders which saw more than the one
	 * that noticed it first don't take it for restored once more.
	 */
	private static final long LEAP = 1_000_000_000L;

	private static final Logger logger = LoggerFactory.getLogger(Continuity.class);

	private final SendStore store;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	private final WitnessFile file;

	/** By this process; null before its first beat. */
	private @Nullable Witness seen;

	/** Why there was no beat, so that it is logged once; empty where there was one. */
	private volatile String trouble = "";

	Continuity(SendStore store, JdbcClient jdbc, TransactionTemplate transactions, Installation installation,
			Clock clock) {
		this.store = store;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
		this.file = new WitnessFile(installation.dataDir());
	}

	/**
	 * A sign that this process works on the same database as before; compares like
	 * {@link #check}. What keeps it from that is logged, and the next beat tries again.
	 */
	void beat() {
		try {
			check();
			this.trouble = "";
		}
		catch (Problem | DataAccessException | TransactionException ex) {
			String message = String.valueOf(ex.getMessage());
			if (!message.equals(this.trouble)) {
				this.trouble = message;
				logger.warn("No sign of life in the database: {}", message);
			}
		}
	}

	/**
	 * Before this process starts to work on a send, or asks for one: holds every
	 * unfinished send if the database was restored.
	 * @throws Problem when the data folder can't be written
	 */
	synchronized void check() {
		// The file first: its beat was in the database before it was in the file.
		Optional<Witness> witness = (this.seen != null) ? Optional.of(this.seen) : this.file.read();
		this.seen = Objects.requireNonNull(this.transactions.execute((status) -> compare(witness)));
		this.file.raise(this.seen);
	}

	/**
	 * Within the transaction that brings a backup into an empty database: holds every
	 * unfinished send in it. The database is an installation of its own from then on, and
	 * this machine its witness; the one that the backup is of may live elsewhere.
	 * @param madeAt of which moment the backup is
	 * @return how many sends are held
	 */
	public synchronized int restored(Instant madeAt) {
		this.jdbc.sql("DELETE FROM installation").update();
		this.seen = null;
		Witness begun = new Witness(UUID.randomUUID().toString(), 0, false);
		this.jdbc.sql("INSERT INTO installation VALUES (1, :token, 0, :now)")
			.param("token", begun.token())
			.param("now", Utc.of(this.clock.instant()))
			.update();
		this.file.raise(begun);
		return this.store
			.holdAll(Sentence.of("delivery.hold.backup", madeAt.truncatedTo(ChronoUnit.SECONDS).toString()));
	}

	private Witness compare(Optional<Witness> witness) {
		boolean made = this.jdbc.sql("INSERT IGNORE INTO installation VALUES (1, :token, 0, :now)")
			.param("token", UUID.randomUUID().toString())
			.param("now", Utc.of(this.clock.instant()))
			.update() == 1;
		Row row = this.jdbc.sql("SELECT token, beat_count, beat_at FROM installation WHERE id = 1 FOR UPDATE")
			.query((found, n) -> new Row(found.getString("token").strip(), found.getLong("beat_count"),
					Utc.read(found, "beat_at")))
			.single();
		Optional<Sentence> doubt = doubt(row, made, witness);
		doubt.ifPresent(this::hold);
		long beat = row.beat() + 1;
		if (doubt.isPresent()) {
			beat = Math.max(row.beat(), witness.map(Witness::beat).orElse(0L)) + LEAP;
		}
		this.jdbc.sql("UPDATE installation SET beat_count = :beat, beat_at = :now WHERE id = 1")
			.param("beat", beat)
			.param("now", Utc.of(this.clock.instant()))
			.update();
		return new Witness(row.token(), beat, false);
	}

	/**
	 * Why the database may have forgotten mails that went out; empty where it has not.
	 */
	private Optional<Sentence> doubt(Row row, boolean made, Optional<Witness> witness) {
		if (witness.isEmpty()) {
			boolean alive = row.beatAt().plus(FRESH).isAfter(this.clock.instant());
			return (made || alive) ? Optional.empty() : Optional.of(Sentence.of("delivery.hold.no-memory", path()));
		}
		if (!witness.get().token().equals(row.token())) {
			return Optional.of(Sentence.of("delivery.hold.other-database", path()));
		}
		if (row.beat() < witness.get().beat()) {
			return Optional.of(Sentence.of("delivery.hold.restored", path()));
		}
		if (witness.get().copied()) {
			return Optional.of(Sentence.of("delivery.hold.copied", path()));
		}
		return Optional.empty();
	}

	private void hold(Sentence doubt) {
		int held = this.store.holdAll(Sentence.of("delivery.hold.doubt", doubt));
		if (held > 0) {
			logger.warn("{} {} unfinished sends are held until somebody decides", doubt, held);
		}
	}

	private String path() {
		return this.file.path().toString();
	}

	private record Row(String token, long beat, Instant beatAt) {
	}

}
