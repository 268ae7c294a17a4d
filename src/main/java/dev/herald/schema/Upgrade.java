package dev.herald.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.herald.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes the tables of a database that is in use: never while a process works on a send,
 * and so that none begins meanwhile. For one thread.
 */
final class Upgrade {

	private static final Logger logger = LoggerFactory.getLogger(Upgrade.class);

	private static final Duration LOOK = Duration.ofMillis(200);

	private static final Duration RENEWAL = Duration.ofSeconds(15);

	private final JdbcClient jdbc;

	private final Duration patience;

	private final String whom = "pid %d %s".formatted(ProcessHandle.current().pid(),
			UUID.randomUUID().toString().substring(0, 8));

	/**
	 * @param patience how long it waits for sends to be left, and for another upgrade
	 */
	Upgrade(JdbcClient jdbc, Duration patience) {
		this.jdbc = jdbc;
		this.patience = patience;
	}

	/**
	 * @throws Problem naming the send that is under way and its owner; the tables are as
	 * they were
	 */
	void run(Runnable migration) {
		Instant end = Instant.now().plus(this.patience);
		while (!Maintenance.begin(this.jdbc, this.whom)) {
			if (Instant.now().isAfter(end)) {
				throw Problem.work(
						"The tables are being upgraded by another process at this moment. Start this one when that is done.");
			}
			pause();
		}
		try {
			awaitIdle(end);
			renewing(migration);
		}
		finally {
			Maintenance.end(this.jdbc, this.whom);
		}
	}

	private void awaitIdle(Instant end) {
		List<Running> running = running();
		if (!running.isEmpty()) {
			logger.info("The tables are upgraded as soon as nobody works on {}", running.get(0).inWords());
		}
		while (!running.isEmpty()) {
			if (Instant.now().isAfter(end)) {
				throw Problem.work(
						"The tables are not upgraded, since a process works on %s. Pause the send, or stop that process and wait 15 s; then start this version again. Nothing was changed."
							.formatted(running.get(0).inWords()));
			}
			pause();
			running = running();
		}
	}

	private List<Running> running() {
		return this.jdbc.sql("""
				SELECT o.id, o.owner, i.slug FROM send o JOIN issue i ON i.id = o.issue_id
				WHERE o.owner IS NOT NULL AND o.owned_until > ? ORDER BY o.id
				""")
			.param(Utc.of(Instant.now()))
			.query((row, n) -> new Running(row.getInt("id"), row.getString("slug"), row.getString("owner")))
			.list();
	}

	private record Running(int sendId, String slug, String owner) {

		String inWords() {
			return "send %d of %s (%s)".formatted(this.sendId, this.slug, this.owner);
		}
	}

	/** A large ledger takes longer than the mark lasts. */
	private void renewing(Runnable migration) {
		ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "upgrade-mark");
			thread.setDaemon(true);
			return thread;
		});
		ScheduledFuture<?> renewals = renewal.scheduleAtFixedRate(this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(),
				TimeUnit.MILLISECONDS);
		try {
			migration.run();
		}
		finally {
			renewals.cancel(false);
			renewal.shutdown();
		}
	}

	private void renew() {
		try {
			Maintenance.begin(this.jdbc, this.whom);
		}
		catch (DataAccessException ex) {
			logger.debug("The mark was not renewed this time", ex);
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for sends to end", ex);
		}
	}

}
