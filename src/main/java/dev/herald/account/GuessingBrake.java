package dev.herald.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.herald.digest.Sha256;
import dev.herald.schema.Utc;

/**
 * Slows down who guesses passwords or codes, and locks out who goes on. After
 * {@value #FREE_PER_PAIR} failures for one account from one client address, or
 * {@value #FREE_PER_CLIENT} from one client address for any account, or
 * {@value #FREE_PER_ACCOUNT} for one account from everywhere, each further failure
 * doubles a pause, from one second to {@value #MAX_PAUSE_SECONDS}. In the database: all
 * servers count together, a restart forgets nothing, and the command line can let
 * somebody in. Thread-safe.
 */
@Component
class GuessingBrake {

	static final int FREE_PER_PAIR = 5;

	static final int FREE_PER_CLIENT = 50;

	/** Many clients at once: above what a forgetful owner needs on all devices. */
	static final int FREE_PER_ACCOUNT = 30;

	static final int MAX_PAUSE_SECONDS = 900;

	private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

	private final JdbcClient jdbc;

	private final Clock clock;

	GuessingBrake(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** How long this client has to wait before it may try this account; empty: not. */
	Optional<Duration> pause(String client, String account) {
		Instant now = this.clock.instant();
		return subjects(client, account).stream()
			.map((subject) -> until(subject, now))
			.filter((until) -> until.isAfter(now))
			.map((until) -> Duration.between(now, until))
			.max(Duration::compareTo);
	}

	private Instant until(Subject subject, Instant now) {
		return this.jdbc.sql("SELECT failures, last_at FROM sign_in_failure WHERE subject = ? AND last_at >= ?")
			.params(subject.key(), Utc.of(now.minus(FORGOTTEN_AFTER)))
			.query((row, number) -> until(subject, row.getInt("failures"), Utc.read(row, "last_at")))
			.optional()
			.orElse(Instant.MIN);
	}

	private static Instant until(Subject subject, int failures, Instant last) {
		if (failures < subject.free()) {
			return Instant.MIN;
		}
		return last.plusSeconds(Math.min(MAX_PAUSE_SECONDS, 1L << Math.min(20, failures - subject.free())));
	}

	void failed(String client, String account) {
		Instant now = this.clock.instant();
		this.jdbc.sql("DELETE FROM sign_in_failure WHERE last_at < ?")
			.param(Utc.of(now.minus(FORGOTTEN_AFTER)))
			.update();
		for (Subject subject : subjects(client, account)) {
			this.jdbc.sql("""
					INSERT INTO sign_in_failure (subject, failures, last_at) VALUES (?, 1, ?)
					ON DUPLICATE KEY UPDATE failures = failures + 1, last_at = VALUES(last_at)
					""").params(subject.key(), Utc.of(now)).update();
		}
	}

	/**
	 * The account's owner was here: what was counted against the account is forgotten.
	 */
	void succeeded(String client, String account) {
		forget(Subject.pair(client, account));
		forget(Subject.account(account));
	}

	/**
	 * Forgets all failures, of every account and client: who is locked out may share
	 * either with who guesses.
	 * @return whether there were any
	 */
	boolean forgetAll() {
		return this.jdbc.sql("DELETE FROM sign_in_failure").update() > 0;
	}

	private void forget(Subject subject) {
		this.jdbc.sql("DELETE FROM sign_in_failure WHERE subject = ?").param(subject.key()).update();
	}

	private static List<Subject> subjects(String client, String account) {
		return List.of(Subject.pair(client, account), Subject.client(client), Subject.account(account));
	}

	/**
	 * Whose failures are counted.
	 *
	 * @param key hashed: what is typed as an address may be a password
	 * @param free failures without a pause
	 */
	private record Subject(String key, int free) {

		static Subject pair(String client, String account) {
			return new Subject(Sha256.hex("pair " + client + ' ' + name(account)), FREE_PER_PAIR);
		}

		static Subject client(String client) {
			return new Subject(Sha256.hex("client " + client), FREE_PER_CLIENT);
		}

		static Subject account(String account) {
			return new Subject(Sha256.hex("account " + name(account)), FREE_PER_ACCOUNT);
		}

		private static String name(String account) {
			return account.strip().toLowerCase(Locale.ROOT);
		}

	}

}
