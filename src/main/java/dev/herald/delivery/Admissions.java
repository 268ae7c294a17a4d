package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import dev.herald.problem.Sentence;
import dev.herald.schema.Maintenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides whether a process may work on a send: nobody else does, its time has come and
 * is not long gone, the database is the one that it was, and no upgrade of the tables is
 * under way. Thread-safe.
 */
@Component
class Admissions {

	private static final Logger logger = LoggerFactory.getLogger(Admissions.class);

	private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH);

	private final SendStore store;

	private final Continuity continuity;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Admissions(SendStore store, Continuity continuity, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
		this.store = store;
		this.continuity = continuity;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * @param send as it was read a moment ago
	 * @param owner the process that asks
	 * @param lease how long it is believed to live without a sign
	 * @param grace how late a send may begin
	 */
	Admission ask(Send send, String owner, Duration lease, Duration grace) {
		if (!send.status().isUnfinished() || send.status() == SendStatus.HELD) {
			return new Admission.Ended();
		}
		if (send.dueAt().isAfter(this.clock.instant())) {
			return new Admission.Later(send.dueAt());
		}
		Optional<String> other = this.store.livingOwner(send.id()).filter((living) -> !living.equals(owner));
		if (other.isPresent()) {
			return new Admission.Elsewhere(other.get());
		}
		this.continuity.check();
		if (holdLate(send, grace)) {
			return new Admission.Ended();
		}
		return Objects.requireNonNull(this.transactions.execute((status) -> acquire(send.id(), owner, lease)));
	}

	/** A restart of a send that has begun is not late: its deliveries have deadlines. */
	private boolean holdLate(Send send, Duration grace) {
		Instant now = this.clock.instant();
		Sentence reason = Sentence.of("delivery.hold.late", TIME.format(send.dueAt().atZone(send.zone())),
				TIME.format(now.atZone(send.zone())), send.zone().getId(),
				grace.toString().substring(2).toLowerCase(Locale.ROOT));
		boolean held = this.store.holdUnbegun(send.id(), now.minus(grace), reason);
		if (held) {
			logger.warn("Send {} is held: {}", send.id(), reason);
		}
		return held;
	}

	private Admission acquire(int sendId, String owner, Duration lease) {
		Instant now = this.clock.instant();
		Optional<String> upgrade = Maintenance.lock(this.jdbc, now);
		if (upgrade.isPresent()) {
			logger.info("Send {} waits for an upgrade of the tables ({})", sendId, upgrade.get());
			return new Admission.Later(now.plus(LOOK_AGAIN));
		}
		if (this.store.acquire(sendId, owner, lease)) {
			return new Admission.Granted();
		}
		return this.store.livingOwner(sendId).<Admission>map(Admission.Elsewhere::new).orElseGet(Admission.Ended::new);
	}

}
