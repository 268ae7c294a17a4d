package dev.herald.subscriber;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.herald.address.AddressRange;
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

	/** The column's width, in characters. */
	public static final int MAX_EVIDENCE = 500;

	private static final String TAKEN_BACK = "taken back";

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
			boolean suppressed = insert(address, reason, line, byWhom);
			if (suppressed && reason == SuppressionReason.ADMIN) {
				this.events.publishEvent(dev.herald.audit.Change.of(Action.ADDRESS_SUPPRESSED, address.matchKey())
					.with("evidence", line));
			}
			return suppressed;
		}));
	}

	private boolean insert(EmailAddress address, SuppressionReason reason, String evidence, String byWhom) {
		boolean inserted = this.jdbc.sql("""
				INSERT IGNORE INTO suppression (match_key, reason, evidence, since)
				VALUES (:key, :reason, :evidence, :now)
				""")
			.param("key", address.matchKey())
			.param("reason", reason.name())
			.param("evidence", evidence)
			.param("now", Utc.of(this.clock.instant()))
			.update() == 1;
		if (inserted) {
			record(address, true, reason, evidence, byWhom);
		}
		return inserted;
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
	 * The same as a part of something larger, which tells the audit log of itself: a rule
	 * of Herald's, or a decision on many addresses at once.
	 * @param byWhom the rule in words, or a person
	 */
	public void liftWithOthers(EmailAddress address, String why, String byWhom) {
		this.transactions.executeWithoutResult((status) -> delete(address, oneLine(why), byWhom));
	}

	/**
	 * A person takes back what a person has just done: what was suppressed is lifted,
	 * what was lifted is suppressed again for the reason it was.
	 * @param number of the change
	 * @return false where something happened to the address since, or the change was not
	 * a person's
	 */
	public boolean takeBack(long number, String byWhom) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			Optional<EmailAddress> address = addressOf(number);
			if (address.isEmpty() || newest(address.get()) != number) {
				return false;
			}
			List<Change> changes = changes(address.get());
			Change last = changes.get(changes.size() - 1);
			if (last.byWhom().equals(HERALD)) {
				return false;
			}
			return last.suppressed() ? lift(address.get(), TAKEN_BACK, byWhom).isPresent()
					: restore(address.get(), changes, byWhom);
		}));
	}

	private boolean restore(EmailAddress address, List<Change> changes, String byWhom) {
		Change before = changes.stream().filter(Change::suppressed).reduce((one, other) -> other).orElseThrow();
		boolean restored = insert(address, before.reason(), before.evidence(), byWhom);
		if (restored) {
			this.events.publishEvent(dev.herald.audit.Change.of(Action.ADDRESS_SUPPRESSED, address.matchKey())
				.with("reason", before.reason())
				.with("why", TAKEN_BACK));
		}
		return restored;
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

	static String oneLine(String evidence) {
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
			.query(Suppressions::suppression)
			.optional();
	}

	private static Suppression suppression(ResultSet row, int number) throws SQLException {
		return new Suppression(SuppressionReason.valueOf(row.getString("reason")), row.getString("evidence"),
				Utc.read(row, "since"));
	}

	/**
	 * Those whose address is the text or begins with it, by address, at most limit.
	 * @param after the number that the page before ended with; 0 for the first page
	 */
	public List<Listed> page(String text, long after, int limit) {
		AddressRange range = AddressRange.of(text);
		return this.jdbc.sql("""
				SELECT x.match_key, x.reason, x.evidence, x.since,
				(SELECT MAX(c.id) FROM suppression_change c WHERE c.match_key = x.match_key) AS number
				FROM suppression x WHERE x.match_key >= :from AND x.match_key < :to
				AND x.match_key > COALESCE((SELECT a.match_key FROM suppression_change a WHERE a.id = :after), '')
				ORDER BY x.match_key LIMIT :limit
				""")
			.param("from", range.from())
			.param("to", range.to())
			.param("after", after)
			.param("limit", limit)
			.query((row, n) -> new Listed(row.getLong("number"), new EmailAddress(row.getString("match_key")),
					suppression(row, n)))
			.list();
	}

	/** The number of the last change of an address; 0 where nothing is on record. */
	public long newest(EmailAddress address) {
		return this.jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM suppression_change WHERE match_key = ?")
			.param(address.matchKey())
			.query(Long.class)
			.single();
	}

	/** Whose change has the number; in lower case, as it is on record. */
	public Optional<EmailAddress> addressOf(long number) {
		return this.jdbc.sql("SELECT match_key FROM suppression_change WHERE id = ?")
			.param(number)
			.query((row, n) -> new EmailAddress(row.getString("match_key")))
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
	 * @param number of its last change: it names the address where the address itself
	 * should not stand, as in those of pages
	 */
	public record Listed(long number, EmailAddress address, Suppression suppression) {
	}

	/**
	 * @param suppressed false where it was lifted
	 * @param byWhom empty where Herald's own rules decided
	 */
	public record Change(boolean suppressed, SuppressionReason reason, String evidence, String byWhom, Instant at) {
	}

}
