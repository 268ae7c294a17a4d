package dev.herald.person;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.notice.Notices;
import dev.herald.person.ReaderRequest.Kind;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/**
 * The table reader_request. Each call takes part in the caller's transaction.
 * Thread-safe.
 */
@Component
class ReaderRequests {

	private static final Duration DAY = Duration.ofDays(1);

	private final JdbcClient jdbc;

	private final Notices notices;

	private final Clock clock;

	ReaderRequests(JdbcClient jdbc, Notices notices, Clock clock) {
		this.jdbc = jdbc;
		this.notices = notices;
		this.clock = clock;
	}

	/** Writes it down, and a mail goes out soon. */
	long add(Kind kind, int subscriberId, int newsletterId, EmailAddress address, Locale language) {
		Instant now = this.clock.instant();
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO reader_request (kind, subscriber_id, newsletter_id, address, match_key, language, asked_at,
				                            expires_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?)
				""")
			.params(kind.name(), subscriberId, newsletterId, address.value(), address.matchKey(),
					language.toLanguageTag(), Utc.of(now), Utc.of(now.plus(kind.validFor())))
			.update(key, "id");
		long id = Objects.requireNonNull(key.getKey()).longValue();
		this.notices.queue(RequestNotice.KIND, id);
		return id;
	}

	/** Until the transaction ends, nobody else asks for this reader. */
	void lock(int subscriberId) {
		this.jdbc.sql("SELECT id FROM subscriber WHERE id = ? FOR UPDATE").param(subscriberId).query().listOfRows();
	}

	/** How often a reader asked within a day. */
	int askedBy(int subscriberId) {
		return count("subscriber_id", subscriberId);
	}

	/** How many mails went to an address within a day, whoever asked for them. */
	int sentTo(EmailAddress address) {
		return count("match_key", address.matchKey());
	}

	private int count(String column, Object value) {
		return this.jdbc.sql("SELECT COUNT(*) FROM reader_request WHERE " + column + " = ? AND asked_at > ?")
			.params(value, Utc.of(this.clock.instant().minus(DAY)))
			.query(Integer.class)
			.single();
	}

	Optional<ReaderRequest> find(long id) {
		return find(id, "");
	}

	/** The same, and nobody else changes it until the transaction ends. */
	Optional<ReaderRequest> findLocked(long id) {
		return find(id, " FOR UPDATE");
	}

	private Optional<ReaderRequest> find(long id, String locking) {
		return this.jdbc.sql("SELECT * FROM reader_request WHERE id = ?" + locking)
			.param(id)
			.query(ReaderRequests::read)
			.optional();
	}

	private static ReaderRequest read(ResultSet row, int number) throws SQLException {
		return new ReaderRequest(row.getLong("id"), Kind.valueOf(row.getString("kind")), row.getInt("subscriber_id"),
				row.getInt("newsletter_id"), new EmailAddress(row.getString("address")),
				Locale.forLanguageTag(row.getString("language")), Utc.read(row, "asked_at"),
				Utc.read(row, "expires_at"), Utc.readNullable(row, "done_at"));
	}

	void done(long id) {
		this.jdbc.sql("UPDATE reader_request SET done_at = ? WHERE id = ?")
			.params(Utc.of(this.clock.instant()), id)
			.update();
	}

}
