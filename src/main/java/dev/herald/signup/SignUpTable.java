package dev.herald.signup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import dev.herald.signup.SignUp.State;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The table sign_up. Thread-safe. */
@Component
class SignUpTable {

	private final JdbcClient jdbc;

	private final Clock clock;

	SignUpTable(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	long insert(int newsletterId, SignUpRequest request) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO sign_up (newsletter_id, address, match_key, name, language, form, agreement_sha256, state,
				                     asked_at)
				VALUES (:newsletter, :address, :key, :name, :language, :form, :agreement, 'ASKED', :now)
				""")
			.param("newsletter", newsletterId)
			.param("address", request.address().value())
			.param("key", request.address().matchKey())
			.param("name", request.name())
			.param("language", request.language().toLanguageTag())
			.param("form", request.form())
			.param("agreement", request.agreement())
			.param("now", Utc.of(this.clock.instant()))
			.update(key, "id");
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	Optional<SignUp> find(long id) {
		return find(id, "");
	}

	Optional<SignUp> lock(long id) {
		return find(id, " FOR UPDATE");
	}

	private Optional<SignUp> find(long id, String locking) {
		return this.jdbc.sql("SELECT * FROM sign_up WHERE id = ?" + locking)
			.param(id)
			.query(SignUpTable::read)
			.optional();
	}

	private static SignUp read(ResultSet row, int number) throws SQLException {
		return new SignUp(row.getLong("id"), row.getInt("newsletter_id"), new EmailAddress(row.getString("address")),
				row.getString("name"), Locale.forLanguageTag(row.getString("language")), row.getString("form"),
				row.getString("agreement_sha256"), State.valueOf(row.getString("state")), Utc.read(row, "asked_at"),
				Utc.readNullable(row, "offered_at"));
	}

	void set(SignUp signUp, State state) {
		this.jdbc.sql("UPDATE sign_up SET state = :state, offered_at = :offered WHERE id = :id")
			.param("state", state.name())
			.param("offered", (state == State.OFFERED) ? Utc.of(this.clock.instant()) : null)
			.param("id", signUp.id())
			.update();
	}

	/** Every link of this reader to this newsletter has done its work. */
	void confirmed(SignUp signUp) {
		this.jdbc.sql("""
				UPDATE sign_up SET state = 'CONFIRMED' WHERE match_key = ? AND newsletter_id = ? AND state <> 'CLOSED'
				""").params(signUp.address().matchKey(), signUp.newsletterId()).update();
	}

	/** With all that waits for a confirmation from the same address. */
	void close(SignUp signUp) {
		this.jdbc.sql("""
				UPDATE sign_up SET state = 'CLOSED' WHERE match_key = ? AND (state <> 'CONFIRMED' OR id = ?)
				""").params(signUp.address().matchKey(), signUp.id()).update();
	}

	void forget(Instant askedBefore) {
		this.jdbc.sql("DELETE FROM sign_up WHERE asked_at < ?").param(Utc.of(askedBefore)).update();
	}

}
