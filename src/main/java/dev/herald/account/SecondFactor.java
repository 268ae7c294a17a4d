package dev.herald.account;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * The second factor of accounts: codes of an authenticator app, and recovery codes for
 * the day when it is lost. Thread-safe.
 */
@Service
public class SecondFactor {

	static final int RECOVERY_CODES = 10;

	private static final int RECOVERY_BYTES = 10;

	private static final int RECOVERY_LETTERS = 16;

	private final Accounts accounts;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SecondFactor(Accounts accounts, JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events,
			Clock clock) {
		this.accounts = accounts;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/** A new secret, in hexadecimal, of no account yet. */
	public static String newSecret() {
		return HexFormat.of().formatHex(Secrets.random(Totp.SECRET_BYTES));
	}

	/** A secret as people type it into an app. */
	public static String readable(String secret) {
		return Base32.encode(HexFormat.of().parseHex(secret));
	}

	/**
	 * From now on the account needs a code to sign in; its other sessions end.
	 * @param secret as {@link #newSecret} made it
	 * @param code that the app shows for it
	 * @return the recovery codes, which nobody is ever shown again; empty when the code
	 * is wrong
	 */
	public Optional<List<String>> enable(Account account, String secret, String code) {
		byte[] bytes = HexFormat.of().parseHex(secret);
		OptionalLong step = Totp.stepOf(bytes, plain(code), this.clock.instant());
		if (step.isEmpty()) {
			return Optional.empty();
		}
		List<String> codes = new ArrayList<>();
		this.accounts.change(account.id(), (present) -> {
			this.jdbc.sql("UPDATE account SET totp_secret = :secret, totp_step = :step WHERE id = :id")
				.param("secret", bytes)
				.param("step", step.getAsLong())
				.param("id", account.id())
				.update();
			codes.addAll(replaceRecoveryCodes(account.id()));
			this.accounts.endSessions(account.id());
			return Change.of(Action.TOTP_ENABLED, account.address().value()).with("totp", present.totp(), true);
		});
		return Optional.of(codes);
	}

	/**
	 * Whether a code is good; each is good once. Takes recovery codes too.
	 */
	public boolean accepts(Account account, String typed) {
		String code = plain(typed);
		return Boolean.TRUE.equals(this.transactions.execute(
				(status) -> (code.length() == RECOVERY_LETTERS) ? takesRecovery(account, code) : takes(account, code)));
	}

	private boolean takes(Account account, String code) {
		Optional<byte[]> secret = this.jdbc
			.sql("SELECT totp_secret FROM account WHERE id = ? AND totp_secret IS NOT NULL")
			.param(account.id())
			.query((row, number) -> Objects.requireNonNull(row.getBytes("totp_secret")))
			.optional();
		OptionalLong step = secret.isPresent() ? Totp.stepOf(secret.get(), code, this.clock.instant())
				: OptionalLong.empty();
		// One statement: of two that send the same code, one is taken.
		return step.isPresent()
				&& this.jdbc.sql("UPDATE account SET totp_step = :step WHERE id = :id AND totp_step < :step")
					.param("step", step.getAsLong())
					.param("id", account.id())
					.update() == 1;
	}

	private boolean takesRecovery(Account account, String code) {
		boolean taken = this.jdbc.sql("DELETE FROM recovery_code WHERE account_id = ? AND sha256 = ?")
			.params(account.id(), Sha256.hex(code))
			.update() == 1;
		if (taken) {
			int left = recoveryCodesLeft(account);
			this.events.publishEvent(
					Change.of(Action.RECOVERY_CODE_USED, account.address().value()).with("left", left + 1, left));
		}
		return taken;
	}

	public int recoveryCodesLeft(Account account) {
		return this.jdbc.sql("SELECT COUNT(*) FROM recovery_code WHERE account_id = ?")
			.param(account.id())
			.query(Integer.class)
			.single();
	}

	/**
	 * New recovery codes instead of those there were.
	 * @throws Problem when the account has no second factor
	 */
	public List<String> renewRecoveryCodes(Account account) {
		if (!account.totp()) {
			throw Problem.usage(Sentence.of("account.no-second-factor"));
		}
		List<String> codes = new ArrayList<>();
		this.accounts.change(account.id(), (present) -> {
			int before = recoveryCodesLeft(account);
			codes.addAll(replaceRecoveryCodes(account.id()));
			return Change.of(Action.RECOVERY_CODES_RENEWED, account.address().value())
				.with("left", before + " old", RECOVERY_CODES + " new");
		});
		return codes;
	}

	private List<String> replaceRecoveryCodes(int accountId) {
		this.jdbc.sql("DELETE FROM recovery_code WHERE account_id = ?").param(accountId).update();
		List<String> codes = new ArrayList<>();
		for (int i = 0; i < RECOVERY_CODES; i++) {
			String code = Base32.encode(Secrets.random(RECOVERY_BYTES));
			this.jdbc.sql("INSERT INTO recovery_code (account_id, sha256) VALUES (?, ?)")
				.params(accountId, Sha256.hex(code))
				.update();
			codes.add(code.toLowerCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1-"));
		}
		return codes;
	}

	/**
	 * The password alone is enough again; recovery codes go too. Does nothing where there
	 * is no second factor.
	 * @throws Problem when there is no such account
	 */
	public void remove(int accountId) {
		this.accounts.change(accountId, (account) -> {
			this.jdbc.sql("UPDATE account SET totp_secret = NULL, totp_step = 0 WHERE id = ?")
				.param(accountId)
				.update();
			this.jdbc.sql("DELETE FROM recovery_code WHERE account_id = ?").param(accountId).update();
			return Change.of(Action.TOTP_REMOVED, account.address().value()).with("totp", account.totp(), false);
		});
	}

	/** As it was shown or with the spaces that apps show: letters and digits count. */
	private static String plain(String typed) {
		return typed.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
	}

}
