package dev.herald.testsend;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.herald.pacing.Rate;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts the tests of each account, in windows that begin with its first test: whoever
 * has taken over an account can't mail the world with it. Holds for all processes.
 * Thread-safe.
 */
@Component
class TestAllowance {

	private final JdbcClient jdbc;

	private final Rate rate;

	private final Clock clock;

	TestAllowance(JdbcClient jdbc, TestSendSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.rate = settings.rate();
		this.clock = clock;
	}

	/**
	 * @param who the account, or the user of the command line
	 * @throws Problem when they have sent as many as they may, saying when they may again
	 */
	void take(String who) {
		Instant now = this.clock.instant();
		this.jdbc.sql("INSERT IGNORE INTO test_allowance (by_whom, since, tests) VALUES (?, ?, 0)")
			.params(who, Utc.of(now))
			.update();
		if (!startsAnew(who, now) && !counts(who)) {
			throw Problem.work(Sentence.of("testsend.rate", who, this.rate.count(), unit(),
					since(who).plus(this.rate.unit().length())
						.truncatedTo(ChronoUnit.SECONDS)
						.plusSeconds(1)
						.toString()));
		}
	}

	private boolean startsAnew(String who, Instant now) {
		return this.jdbc.sql("UPDATE test_allowance SET since = ?, tests = 1 WHERE by_whom = ? AND since <= ?")
			.params(Utc.of(now), who, Utc.of(now.minus(this.rate.unit().length())))
			.update() == 1;
	}

	private boolean counts(String who) {
		return this.jdbc.sql("UPDATE test_allowance SET tests = tests + 1 WHERE by_whom = ? AND tests < ?")
			.params(who, this.rate.count())
			.update() == 1;
	}

	private Instant since(String who) {
		return this.jdbc.sql("SELECT since FROM test_allowance WHERE by_whom = ?")
			.param(who)
			.query((row, number) -> Utc.read(row, "since"))
			.single();
	}

	private Sentence unit() {
		return switch (this.rate.unit()) {
			case SECOND -> Sentence.of("testsend.rate.second");
			case MINUTE -> Sentence.of("testsend.rate.minute");
			case HOUR -> Sentence.of("testsend.rate.hour");
			case DAY -> Sentence.of("testsend.rate.day");
		};
	}

}
