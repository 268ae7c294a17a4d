package dev.herald.subscriber;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Addresses that get nothing from this installation, whatever they subscribe to. Each
 * suppression and each lifting of one stays on record. Thread-safe.
 */
@Service
public class Suppressions {

	/** Whom the record names where Herald's own rules decided. */
	public static final String HERALD = "";

	/** The column's width. */
	private static final int MAX_EVIDENCE = 500;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Suppressions(JdbcClient jdbc, PlatformTransactionManager transactionManager, ApplicationEventPublisher events,
			Clock clock) {
		this.jdbc = jdbc;
		this.events = events;
		this.transactions = new TransactionTemplate(transactionManager);
		this.clock = clock;
	}

	/**
	 * @param evidence why, for people: one line, cut after 500 characters
	 * @param byWhom {@link #HERALD}, or a person
	 * @return false where the address was suppressed already; the first reason stays
	 */
	public boolean suppress(EmailAddress address, SuppressionReason reason, String evidence, String byWhom) {
		String line = oneLine(evidence);
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean suppressed = this.jdbc.sql("""
					INSERT IGNORE INTO suppression (match_key, reason, evidence, since)
					VALUES (:key, :reason, :evidence, :now)
					""")
				.param("key", address.matchKey())
				.param("reason", reason.name())
				.param("evidence", line)
				.param("now", Utc.of(this.clock.instant()))
				.update() == 1;
			if (suppressed) {
				record(address, true, reason, line, byWhom);
				if (reason == SuppressionReason.ADMIN) {
					this.events.publishEvent(dev.herald.audit.Change.of(Action.ADDRESS_SUPPRESSED, address.matchKey())
						.with("evidence", line));
				}
			}
			return suppressed;
		}));
	}

	/**
	 * A person lets the address get mail again, where it subscribes to something: a
	 * subscription that ended stays ended.
	 * @param why for people; must not be blank
	 * @return what was lifted; empty where the address was not suppressed
	 */
	public Optional<Suppression> lift(EmailAddress address, String why, String byWhom) {
		String line = oneLine(why);
		if (line.isEmpty()) {
			throw Problem.usage(Sentence.of("subscriber.lift-reason"));
		}
		return this.transactions.execute((status) -> {
			Optional<Suppression> lifted = delete(address, line, byWhom);
			lifted.ifPresent((suppression) -> this.events
				.publishEvent(dev.herald.audit.Change.of(Action.SUPPRESSION_LIFTED, address.matchKey())
					.with("reason", suppression.reason(), null)
					.with("why", line)));
			return lifted;
		});
	}

	/**
	 * The same by a rule of Herald's, which the audit log of what people do leaves out.
	 * @param rule in words, for the record
	 */
	public void liftByRule(EmailAddress address, String why, String rule) {
		this.transactions.executeWithoutResult((status) -> delete(address, oneLine(why), rule));
	}

	private Optional<Suppression> delete(EmailAddress address, String why, String byWhom) {
		Optional<Suppression> present = find(address);
		int lifted = this.jdbc.sql("DELETE FROM suppression WHERE match_key = ?").param(address.matchKey()).update();
		if (lifted == 0) {
			return Optional.empty();
		}
		present.ifPresent((suppression) -> record(address, false, suppression.reason(), why, byWhom));
		return present;
	}

	private void record(EmailAddress address, boolean suppressed, SuppressionReason reason, String evidence,
			String byWhom) {
		this.jdbc.sql("""
				INSERT INTO suppression_change (match_key, suppressed, reason, evidence, by_whom, happened_at)
				VALUES (?, ?, ?, ?, ?, ?)
				""")
			.params(address.matchKey(), suppressed ? 1 : 0, reason.name(), evidence, byWhom,
					Utc.of(this.clock.instant()))
			.update();
	}

	private static String oneLine(String evidence) {
		String line = evidence.replaceAll("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
		if (line.length() <= MAX_EVIDENCE) {
			return line;
		}
		boolean halved = Character.isHighSurrogate(line.charAt(MAX_EVIDENCE - 1));
		return line.substring(0, halved ? MAX_EVIDENCE - 1 : MAX_EVIDENCE);
	}

	public Optional<Suppression> find(EmailAddress address) {
		return this.jdbc.sql("SELECT reason, evidence, since FROM suppression WHERE match_key = ?")
			.param(address.matchKey())
			.query((row, number) -> new Suppression(SuppressionReason.valueOf(row.getString("reason")),
					row.getString("evidence"), Utc.read(row, "since")))
			.optional();
	}

	/** What happened to the address, oldest first. */
	public List<Change> changes(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT suppressed, reason, evidence, by_whom, happened_at FROM suppression_change
				WHERE match_key = ? ORDER BY id
				""")
			.param(address.matchKey())
			.query((row, number) -> new Change(row.getBoolean("suppressed"),
					SuppressionReason.valueOf(row.getString("reason")), row.getString("evidence"),
					row.getString("by_whom"), Utc.read(row, "happened_at")))
			.list();
	}

	public record Suppression(SuppressionReason reason, String evidence, Instant since) {
	}

	/**
	 * @param suppressed false where it was lifted
	 * @param byWhom empty where Herald's own rules decided
	 */
	public record Change(boolean suppressed, SuppressionReason reason, String evidence, String byWhom, Instant at) {
	}

}
