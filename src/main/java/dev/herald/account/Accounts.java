package dev.herald.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import dev.herald.schema.Utc;

/**
 * The accounts of this installation. Addresses are kept as their match key, so one person
 * has one account however the address is typed. Thread-safe.
 */
@Service
public class Accounts {

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final PasswordEncoder encoder;

	private final Clock clock;

	Accounts(JdbcClient jdbc, TransactionTemplate transactions, PasswordEncoder encoder, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.encoder = encoder;
		this.clock = clock;
	}

	/**
	 * @throws Problem when the address or the password breaks a rule, or the address has
	 * an account
	 */
	public Account create(String address, String password, Role role) {
		EmailAddress owner = EmailAddress.parse(address);
		Passwords.check(password, owner);
		try {
			this.jdbc.sql("""
					INSERT INTO account (address, password, role, enabled, created_at)
					VALUES (:address, :password, :role, 1, :now)
					""")
				.param("address", owner.matchKey())
				.param("password", encode(password))
				.param("role", role.name())
				.param("now", Utc.of(this.clock.instant()))
				.update();
		}
		catch (DuplicateKeyException ex) {
			throw new Problem(Problem.Kind.USAGE,
					"There is an account with the address %s already. Enable it, or use another address."
						.formatted(owner.matchKey()),
					ex);
		}
		return find(owner.matchKey()).orElseThrow();
	}

	/**
	 * Makes the first account, an ADMIN, in one statement: two servers on one database
	 * can't both do it.
	 * @return empty where there is an account already
	 */
	Optional<Account> createFirst(String address, String password) {
		EmailAddress owner = EmailAddress.parse(address);
		Passwords.check(password, owner);
		int rows = this.jdbc.sql("""
				INSERT INTO account (address, password, role, enabled, created_at)
				SELECT :address, :password, 'ADMIN', 1, :now FROM DUAL
				WHERE NOT EXISTS (SELECT 1 FROM account)
				""")
			.param("address", owner.matchKey())
			.param("password", encode(password))
			.param("now", Utc.of(this.clock.instant()))
			.update();
		return (rows == 1) ? find(owner.matchKey()) : Optional.empty();
	}

	public boolean none() {
		return this.jdbc.sql("SELECT COUNT(*) FROM account").query(Integer.class).single() == 0;
	}

	/** By address. */
	public List<Account> all() {
		return this.jdbc.sql("SELECT id, address, role, enabled, created_at FROM account ORDER BY address")
			.query(Accounts::account)
			.list();
	}

	/** Empty too where the text is no address at all. */
	public Optional<Account> find(String address) {
		return matchKey(address).flatMap(
				(key) -> this.jdbc.sql("SELECT id, address, role, enabled, created_at FROM account WHERE address = ?")
					.param(key)
					.query(Accounts::account)
					.optional());
	}

	/**
	 * Lets an account sign in again, or no longer.
	 * @throws Problem when it is the last enabled ADMIN that would be disabled, or there
	 * is no such account
	 */
	public void setEnabled(int id, boolean enabled) {
		this.transactions.executeWithoutResult((status) -> {
			// Locked, so that two admins can't disable each other at once.
			List<Account> open = this.jdbc
				.sql("SELECT id, address, role, enabled, created_at FROM account WHERE enabled = 1 FOR UPDATE")
				.query(Accounts::account)
				.list();
			List<Account> admins = open.stream().filter((account) -> account.role() == Role.ADMIN).toList();
			if (!enabled && admins.size() == 1 && admins.get(0).id() == id) {
				throw Problem.usage(
						"This is the last ADMIN that can sign in: disabling it would lock everyone out. Make another ADMIN first.");
			}
			int rows = this.jdbc.sql("UPDATE account SET enabled = ? WHERE id = ?")
				.param(enabled ? 1 : 0)
				.param(id)
				.update();
			// MySQL counts matched rows, H2 too: none means none.
			if (rows == 0) {
				throw Problem.usage("There is no such account. Load the list of accounts again.");
			}
		});
	}

	/** The encoded password, for sign-in only. */
	Optional<String> encodedPassword(int id) {
		return this.jdbc.sql("SELECT password FROM account WHERE id = ?").param(id).query(String.class).optional();
	}

	void replacePassword(String address, String encoded) {
		matchKey(address).ifPresent((key) -> this.jdbc.sql("UPDATE account SET password = ? WHERE address = ?")
			.param(encoded)
			.param(key)
			.update());
	}

	private String encode(String password) {
		String encoded = this.encoder.encode(password);
		if (encoded == null) {
			throw new IllegalStateException("The password encoder gave nothing");
		}
		return encoded;
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
		return new Account(row.getInt("id"), EmailAddress.parse(row.getString("address")),
				Role.valueOf(row.getString("role")), row.getBoolean("enabled"), Utc.read(row, "created_at"));
	}

}
