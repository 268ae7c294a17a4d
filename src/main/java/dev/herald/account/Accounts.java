package dev.herald.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.audit.Action;
import dev.herald.audit.Actor;
import dev.herald.audit.Change;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

/**
 * The accounts of this installation. Addresses are kept as their match key, so one person
 * has one account however the address is typed. Thread-safe.
 */
@Service
public class Accounts {

	private static final String SELECT = """
			SELECT id, address, role, enabled, language, zone, totp_secret IS NOT NULL AS totp, session_generation,
			created_at FROM account
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final PasswordEncoder encoder;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Accounts(JdbcClient jdbc, TransactionTemplate transactions, PasswordEncoder encoder,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.encoder = encoder;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * @throws Problem when the address or the password breaks a rule, or the address has
	 * an account
	 */
	public Account create(String address, String password, Role role) {
		EmailAddress owner = EmailAddress.parse(address);
		String encoded = encode(password, owner);
		try {
			return Objects.requireNonNull(this.transactions.execute((status) -> {
				insert(owner, encoded, role);
				this.events.publishEvent(Change.of(Action.ACCOUNT_CREATED, owner.matchKey()).with("role", role));
				return find(owner.matchKey()).orElseThrow();
			}));
		}
		catch (DuplicateKeyException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("account.there", owner.matchKey()), ex);
		}
	}

	private void insert(EmailAddress owner, String encoded, Role role) {
		this.jdbc.sql("""
				INSERT INTO account (address, password, role, enabled, created_at)
				VALUES (:address, :password, :role, 1, :now)
				""")
			.param("address", owner.matchKey())
			.param("password", encoded)
			.param("role", role.name())
			.param("now", Utc.of(this.clock.instant()))
			.update();
	}

	/**
	 * Makes the first account, an ADMIN, in one statement: two servers on one database
	 * can't both do it.
	 * @return empty where there is an account already
	 */
	Optional<Account> createFirst(String address, String password) {
		EmailAddress owner = EmailAddress.parse(address);
		String encoded = encode(password, owner);
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			int rows = this.jdbc.sql("""
					INSERT INTO account (address, password, role, enabled, created_at)
					SELECT :address, :password, 'ADMIN', 1, :now FROM DUAL
					WHERE NOT EXISTS (SELECT 1 FROM account)
					""")
				.param("address", owner.matchKey())
				.param("password", encoded)
				.param("now", Utc.of(this.clock.instant()))
				.update();
			if (rows == 0) {
				return Optional.<Account>empty();
			}
			this.events.publishEvent(Change.of(Action.ACCOUNT_CREATED, owner.matchKey())
				.with("role", Role.ADMIN)
				.by(new Actor(Actor.Kind.ACCOUNT, owner.matchKey())));
			return find(owner.matchKey());
		}));
	}

	public boolean none() {
		return this.jdbc.sql("SELECT COUNT(*) FROM account").query(Integer.class).single() == 0;
	}

	/** By address. */
	public List<Account> all() {
		return this.jdbc.sql(SELECT + "ORDER BY address").query(Accounts::account).list();
	}

	/** Empty too where the text is no address at all. */
	public Optional<Account> find(String address) {
		return matchKey(address).flatMap(
				(key) -> this.jdbc.sql(SELECT + "WHERE address = ?").param(key).query(Accounts::account).optional());
	}

	public Optional<Account> byId(int id) {
		return this.jdbc.sql(SELECT + "WHERE id = ?").param(id).query(Accounts::account).optional();
	}

	/**
	 * Lets an account sign in again, or no longer; then its sessions end.
	 * @throws Problem when it is the last enabled ADMIN that would be disabled, or there
	 * is no such account
	 */
	public void setEnabled(int id, boolean enabled) {
		change(id, (account) -> {
			if (!enabled) {
				refuseLastAdmin(account);
				endSessions(id);
			}
			this.jdbc.sql("UPDATE account SET enabled = ? WHERE id = ?").params(enabled ? 1 : 0, id).update();
			return Change.of(enabled ? Action.ACCOUNT_ENABLED : Action.ACCOUNT_DISABLED, account.address().value())
				.with("enabled", account.enabled(), enabled);
		});
	}

	/**
	 * From its next request on the account may do what the role may.
	 * @throws Problem when the last enabled ADMIN would become an EDITOR, or there is no
	 * such account
	 */
	public void setRole(int id, Role role) {
		change(id, (account) -> {
			if (role != Role.ADMIN) {
				refuseLastAdmin(account);
			}
			this.jdbc.sql("UPDATE account SET role = ? WHERE id = ?").params(role.name(), id).update();
			return Change.of(Action.ACCOUNT_CHANGED, account.address().value()).with("role", account.role(), role);
		});
	}

	/**
	 * @param language of the pages; null: as the browser asks
	 * @param zone of the times on them; null: the server's
	 */
	public void setPreferences(int id, @Nullable Locale language, @Nullable ZoneId zone) {
		change(id, (account) -> {
			this.jdbc.sql("UPDATE account SET language = :language, zone = :zone WHERE id = :id")
				.param("language", (language != null) ? language.toLanguageTag() : null)
				.param("zone", (zone != null) ? zone.getId() : null)
				.param("id", id)
				.update();
			return Change.of(Action.ACCOUNT_CHANGED, account.address().value())
				.with("language", account.language(), language)
				.with("zone", account.zone(), zone);
		});
	}

	/**
	 * A new password; all sessions of the account end.
	 * @throws Problem when it breaks a rule, or there is no such account
	 */
	public void setPassword(int id, String password) {
		Account owner = byId(id).orElseThrow(Accounts::unknown);
		String encoded = encode(password, owner.address());
		change(id, (account) -> {
			this.jdbc.sql("UPDATE account SET password = ? WHERE id = ?").params(encoded, id).update();
			endSessions(id);
			return Change.of(Action.PASSWORD_CHANGED, account.address().value()).with("sessions", "open", "ended");
		});
	}

	/** Whether it is the account's password; takes as long as the encoder is slow. */
	public boolean isPassword(Account account, String password) {
		return this.encoder.matches(password, encodedPassword(account.id()).orElse(""));
	}

	/** Ends every session of the account, in its open transaction. */
	void endSessions(int id) {
		// The number ends also what is just being signed in with the old password.
		this.jdbc.sql("UPDATE account SET session_generation = session_generation + 1 WHERE id = ?").param(id).update();
		this.jdbc.sql("DELETE FROM SPRING_SESSION WHERE PRINCIPAL_NAME = ?").param(String.valueOf(id)).update();
	}

	/** Changes one account, and publishes what is different then. */
	void change(int id, AccountChange action) {
		this.transactions.executeWithoutResult((status) -> {
			// Locked, so that two admins can't disable each other at once.
			this.jdbc.sql("SELECT id FROM account WHERE enabled = 1 FOR UPDATE").query(Integer.class).list();
			Change change = action.on(byId(id).orElseThrow(Accounts::unknown));
			if (!change.isNothing()) {
				this.events.publishEvent(change);
			}
		});
	}

	private void refuseLastAdmin(Account account) {
		int others = this.jdbc.sql("SELECT COUNT(*) FROM account WHERE enabled = 1 AND role = 'ADMIN' AND id <> ?")
			.param(account.id())
			.query(Integer.class)
			.single();
		if (account.enabled() && account.role() == Role.ADMIN && others == 0) {
			throw Problem.usage(Sentence.of("account.last-admin"));
		}
	}

	private static Problem unknown() {
		return Problem.usage(Sentence.of("account.unknown"));
	}

	/** The encoded password, for sign-in only. */
	Optional<String> encodedPassword(int id) {
		return this.jdbc.sql("SELECT password FROM account WHERE id = ?").param(id).query(String.class).optional();
	}

	/** The same password, encoded in a newer way. */
	void replaceEncoding(String address, String encoded) {
		matchKey(address).ifPresent((key) -> this.jdbc.sql("UPDATE account SET password = ? WHERE address = ?")
			.param(encoded)
			.param(key)
			.update());
	}

	private String encode(String password, EmailAddress owner) {
		Passwords.check(password, owner);
		return Objects.requireNonNull(this.encoder.encode(password), "The password encoder gave nothing");
	}

	private static Optional<String> matchKey(String address) {
		try {
			return Optional.of(EmailAddress.parse(address).matchKey());
		}
		catch (InvalidAddressException ex) {
			return Optional.empty();
		}
	}

	private static Account account(ResultSet row, int number) throws SQLException {
		String language = row.getString("language");
		String zone = row.getString("zone");
		return new Account(row.getInt("id"), EmailAddress.parse(row.getString("address")),
				Role.valueOf(row.getString("role")), row.getBoolean("enabled"),
				(language != null) ? Locale.forLanguageTag(language) : null, (zone != null) ? ZoneId.of(zone) : null,
				row.getBoolean("totp"), row.getInt("session_generation"), Utc.read(row, "created_at"));
	}

	/** What is done to an account, and how the audit log tells it. */
	@FunctionalInterface
	interface AccountChange {

		Change on(Account account);

	}

}
