package dev.herald.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

/**
 * Tokens by which programs read what their account may read. Thread-safe.
 */
@Service
public class ApiTokens {

	/** Days. */
	public static final int LONGEST = 366;

	static final int MOST = 20;

	private static final int MAX_NAME = 100;

	/** Of {@code herald_PREFIX_SECRET}; the whole of it is hashed. */
	private static final Pattern FORM = Pattern.compile("(herald_[a-z2-7]{8})_[a-z2-7]{52}");

	private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

	private final Accounts accounts;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ApiTokens(Accounts accounts, JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events,
			Clock clock) {
		this.accounts = accounts;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * @param days until it expires, 1 to {@value #LONGEST}
	 * @return the token, which nobody is ever shown again
	 * @throws Problem when the name is missing or too long, the days are out of range, or
	 * the account has {@value #MOST} good tokens
	 */
	public String create(Account account, String name, int days) {
		String label = name.strip();
		if (label.isEmpty() || label.length() > MAX_NAME) {
			throw Problem.usage(Sentence.of("account.token.name", MAX_NAME));
		}
		if (days < 1 || days > LONGEST) {
			throw Problem.usage(Sentence.of("account.token.days", LONGEST));
		}
		Instant now = this.clock.instant();
		if (of(account).stream().filter((token) -> !token.isOver(now)).count() >= MOST) {
			throw Problem.work(Sentence.of("account.token.many", MOST));
		}
		String prefix = "herald_" + random(5);
		String token = prefix + "_" + random(32);
		this.transactions.executeWithoutResult((status) -> {
			insert(account, label, prefix, token, now, now.plus(Duration.ofDays(days)));
			this.events.publishEvent(Change.of(Action.TOKEN_CREATED, account.address().value())
				.with("name", label)
				.with("prefix", prefix)
				.with("days", days));
		});
		return token;
	}

	private static String random(int bytes) {
		return Base32.encode(Secrets.random(bytes)).toLowerCase(Locale.ROOT);
	}

	private void insert(Account account, String name, String prefix, String token, Instant now, Instant expiresAt) {
		this.jdbc.sql("""
				INSERT INTO api_token (account_id, name, prefix, sha256, created_at, expires_at)
				VALUES (?, ?, ?, ?, ?, ?)
				""").params(account.id(), name, prefix, Sha256.hex(token), Utc.of(now), Utc.of(expiresAt)).update();
	}

	/** Newest first. */
	public List<ApiToken> of(Account account) {
		return this.jdbc.sql("SELECT * FROM api_token WHERE account_id = ? ORDER BY id DESC")
			.param(account.id())
			.query(ApiTokens::token)
			.list();
	}

	/**
	 * From its next request on it is worth nothing.
	 * @throws Problem when the account has no such token, or it is revoked already
	 */
	public void revoke(Account account, int id) {
		this.transactions.executeWithoutResult((status) -> {
			int revoked = this.jdbc
				.sql("UPDATE api_token SET revoked = 1 WHERE id = ? AND account_id = ? AND revoked = 0")
				.params(id, account.id())
				.update();
			if (revoked == 0) {
				throw Problem.usage(Sentence.of("account.token.unknown"));
			}
			ApiToken token = this.jdbc.sql("SELECT * FROM api_token WHERE id = ?")
				.param(id)
				.query(ApiTokens::token)
				.single();
			this.events.publishEvent(Change.of(Action.TOKEN_REVOKED, account.address().value())
				.with("name", token.name(), null)
				.with("prefix", token.prefix(), null));
		});
	}

	/** Whose token it is; empty where it is none, over, or its account is disabled. */
	public Optional<Bearer> accept(String offered) {
		Matcher form = FORM.matcher(offered);
		if (!form.matches()) {
			return Optional.empty();
		}
		return this.jdbc.sql("SELECT * FROM api_token WHERE prefix = ?")
			.param(form.group(1))
			.query((row, number) -> new Stored(token(row, number), row.getInt("account_id"), row.getString("sha256")))
			.optional()
			.filter((stored) -> Secrets.equal(stored.sha256(), Sha256.hex(offered)))
			.filter((stored) -> !stored.token().isOver(this.clock.instant()))
			.flatMap((stored) -> this.accounts.byId(stored.accountId())
				.filter(Account::enabled)
				.map((account) -> new Bearer(account, noted(stored.token()).name())));
	}

	private ApiToken noted(ApiToken token) {
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				UPDATE api_token SET last_used_at = :now
				WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :before)
				""")
			.param("now", Utc.of(now))
			.param("id", token.id())
			.param("before", Utc.of(now.minus(USE_NOTED_EVERY)))
			.update();
		return token;
	}

	private static ApiToken token(ResultSet row, int number) throws SQLException {
		return new ApiToken(row.getInt("id"), row.getString("name"), row.getString("prefix"),
				Utc.read(row, "created_at"), Utc.read(row, "expires_at"), Utc.readNullable(row, "last_used_at"),
				row.getBoolean("revoked"));
	}

	/** The program that asks: its account, and the name of its token. */
	public record Bearer(Account account, String token) {
	}

	private record Stored(ApiToken token, int accountId, String sha256) {
	}

}
