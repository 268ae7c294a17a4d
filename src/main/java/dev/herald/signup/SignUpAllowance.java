package dev.herald.signup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.pacing.Rate;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much may be signed up: of one network, of one address, of all together. In the
 * database, for all servers. What is refused is to be rolled back, and counts nowhere: so
 * the tables have at most as many rows as all together may sign up. Thread-safe.
 */
@Component
class SignUpAllowance {

	/** Where all together are counted; no network has that name. */
	private static final String ALL = "all";

	private static final Duration DAY = Duration.ofDays(1);

	/** An address whose mails bounced is tried so rarely. */
	private static final Duration WEEK = Duration.ofDays(7);

	private static final LocalDateTime NEVER = LocalDateTime.of(2000, 1, 1, 0, 0);

	private final JdbcClient jdbc;

	private final SignUpSettings settings;

	private final Clock clock;

	SignUpAllowance(JdbcClient jdbc, SignUpSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * To be called in a transaction, and in this order by all: nobody waits in a ring.
	 */
	Answer take(String network, EmailAddress address) {
		if (!counts(network, this.settings.perNetwork())) {
			return Answer.TOO_MANY;
		}
		if (!counts(address)) {
			return Answer.ADDRESS_HAD_ENOUGH;
		}
		return counts(ALL, this.settings.inAll()) ? Answer.YES : Answer.TOO_MANY;
	}

	/** In windows that begin with their first sign-up. */
	private boolean counts(String network, Rate rate) {
		Instant now = this.clock.instant();
		// MySQL sets from left to right, H2 at once: the count looks at the old time.
		this.jdbc.sql("""
				INSERT INTO sign_up_count (network, since, sign_ups) VALUES (:network, :now, 1)
				ON DUPLICATE KEY UPDATE sign_ups = CASE WHEN since <= :over THEN 1 ELSE sign_ups + 1 END,
				                        since = CASE WHEN since <= :over THEN :now ELSE since END
				""")
			.param("network", network)
			.param("now", Utc.of(now))
			.param("over", Utc.of(now.minus(rate.unit().length())))
			.update();
		return this.jdbc.sql("SELECT sign_ups FROM sign_up_count WHERE network = ?")
			.param(network)
			.query(Integer.class)
			.single() <= rate.count();
	}

	/** Twice in any 24 hours, whatever is known of the address. */
	private boolean counts(EmailAddress address) {
		this.jdbc.sql("""
				INSERT INTO sign_up_address (subject, last_at, earlier_at, told_at, tried_at)
				VALUES (:subject, :never, :never, :never, :never)
				ON DUPLICATE KEY UPDATE subject = VALUES(subject)
				""").param("subject", subject(address)).param("never", NEVER).update();
		Instant now = this.clock.instant();
		return this.jdbc.sql("""
				UPDATE sign_up_address SET earlier_at = last_at, last_at = :now
				WHERE subject = :subject AND earlier_at <= :over
				""")
			.param("now", Utc.of(now))
			.param("subject", subject(address))
			.param("over", Utc.of(now.minus(DAY)))
			.update() == 1;
	}

	/** Whether the address may be told again that it subscribes: once a day. */
	boolean mayTell(EmailAddress address) {
		return once("told_at", address, DAY);
	}

	/** Whether an address that bounces may be written to again: once a week. */
	boolean mayTry(EmailAddress address) {
		return once("tried_at", address, WEEK);
	}

	private boolean once(String column, EmailAddress address, Duration rest) {
		Instant now = this.clock.instant();
		return this.jdbc
			.sql("UPDATE sign_up_address SET %1$s = :now WHERE subject = :subject AND %1$s <= :over".formatted(column))
			.param("now", Utc.of(now))
			.param("subject", subject(address))
			.param("over", Utc.of(now.minus(rest)))
			.update() == 1;
	}

	/** What no answer depends on any more. */
	void forget() {
		Instant now = this.clock.instant();
		this.jdbc.sql("DELETE FROM sign_up_address WHERE last_at < ?").param(Utc.of(now.minus(WEEK))).update();
		this.jdbc.sql("DELETE FROM sign_up_count WHERE since < ?").param(Utc.of(now.minus(DAY))).update();
	}

	private static String subject(EmailAddress address) {
		return Agreements.version("sign-up " + address.matchKey().toLowerCase(Locale.ROOT));
	}

	enum Answer {

		YES, ADDRESS_HAD_ENOUGH,

		/** Of this network, or in all. */
		TOO_MANY

	}

}
