package dev.herald.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import dev.herald.problem.Problem;
import dev.herald.testing.HandClock;
import dev.herald.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The second factor and the tokens of an account. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SecondFactorTests {

	private static final String SECRET = "3132333435363738393031323334353637383930";

	private final TestDatabase.Opened database;

	private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:00Z"));

	private final List<Object> events = new ArrayList<>();

	private final Accounts accounts;

	private final SecondFactor factor;

	private final ApiTokens tokens;

	private final Account ann;

	SecondFactorTests(TestDatabase database) {
		this.database = database.open();
		this.accounts = new Accounts(this.database.jdbc(), this.database.transactions(), new BCryptPasswordEncoder(4),
				this.events::add, this.clock);
		this.factor = new SecondFactor(this.accounts, this.database.jdbc(), this.database.transactions(),
				this.events::add, this.clock);
		this.tokens = new ApiTokens(this.accounts, this.database.jdbc(), this.database.transactions(), this.events::add,
				this.clock);
		this.ann = this.accounts.create("ann@example.org", "copper kettle 9 bells", Role.EDITOR);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aCodeIsGoodOnce() {
		assertThat(this.factor.enable(this.ann, SECRET, "000000")).isEmpty();
		assertThat(this.accounts.byId(this.ann.id()).orElseThrow().totp()).isFalse();
		assertThat(this.factor.enable(this.ann, SECRET, code())).isPresent();
		assertThat(this.factor.accepts(this.ann, code())).as("the one that set it up").isFalse();
		this.clock.forward(Duration.ofSeconds(30));
		assertThat(this.factor.accepts(this.ann, code().substring(0, 3) + " " + code().substring(3))).isTrue();
		assertThat(this.factor.accepts(this.ann, code())).isFalse();
		this.clock.forward(Duration.ofSeconds(30));
		assertThat(this.factor.accepts(this.ann, "")).isFalse();
		assertThat(this.factor.accepts(this.ann, code())).isTrue();
	}

	@Test
	void aRecoveryCodeIsGoodOnceHoweverItIsTyped() {
		List<String> codes = this.factor.enable(this.ann, SECRET, code()).orElseThrow();
		assertThat(codes).hasSize(10)
			.doesNotHaveDuplicates()
			.allMatch((code) -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
		assertThat(this.factor.accepts(this.ann, codes.get(3).toUpperCase(Locale.ROOT).replace("-", " "))).isTrue();
		assertThat(this.factor.accepts(this.ann, codes.get(3))).isFalse();
		assertThat(this.factor.recoveryCodesLeft(this.ann)).isEqualTo(9);
		List<String> renewed = this.factor.renewRecoveryCodes(this.accounts.byId(this.ann.id()).orElseThrow());
		assertThat(this.factor.accepts(this.ann, codes.get(4))).isFalse();
		assertThat(this.factor.accepts(this.ann, renewed.get(4))).isTrue();
		assertThat(this.database.jdbc().sql("SELECT sha256 FROM recovery_code").query(String.class).list())
			.doesNotContainAnyElementsOf(renewed);
	}

	@Test
	void settingItUpAndANewPasswordEndSessionsAndRemovingItTakesTheCodesToo() {
		this.factor.enable(this.ann, SECRET, code());
		assertThat(generation()).isEqualTo(2);
		this.accounts.setPassword(this.ann.id(), "another kettle 9 bells");
		assertThat(generation()).isEqualTo(3);
		this.factor.remove(this.ann.id());
		assertThat(this.factor.recoveryCodesLeft(this.ann)).isZero();
		assertThat(this.accounts.byId(this.ann.id()).orElseThrow().totp()).isFalse();
		assertThat(this.events.toString()).doesNotContain(SECRET, "bells");
	}

	@Test
	void aTokenIsGoodUntilItExpiresIsRevokedOrItsAccountIsDisabled() {
		String token = this.tokens.create(this.ann, "dashboard", 30);
		assertThat(token).matches("herald_[a-z2-7]{8}_[a-z2-7]{52}");
		assertThat(this.tokens.accept(token).orElseThrow().account().id()).isEqualTo(this.ann.id());
		assertThat(this.tokens.of(this.ann).get(0).lastUsedAt()).isEqualTo(this.clock.instant());
		assertThat(this.tokens.accept(token.substring(0, 20) + "a".repeat(token.length() - 20))).isEmpty();
		assertThat(this.tokens.accept(token.toUpperCase(Locale.ROOT))).isEmpty();
		assertThat(this.tokens.accept("' OR 1=1")).isEmpty();
		this.accounts.create("ada@example.org", "copper kettle 9 bells", Role.ADMIN);
		this.accounts.setEnabled(this.ann.id(), false);
		assertThat(this.tokens.accept(token)).isEmpty();
		this.accounts.setEnabled(this.ann.id(), true);
		assertThat(this.tokens.accept(token)).isPresent();
		this.clock.forward(Duration.ofDays(30));
		assertThat(this.tokens.accept(token)).isEmpty();
		String other = this.tokens.create(this.ann, "export", 1);
		this.tokens.revoke(this.ann, this.tokens.of(this.ann).get(0).id());
		assertThat(this.tokens.accept(other)).isEmpty();
		assertThat(this.events.toString()).contains("dashboard").doesNotContain(token, other);
		assertThat(this.database.jdbc().sql("SELECT sha256 FROM api_token").query(String.class).list())
			.doesNotContain(token, other);
	}

	@Test
	void tokensAreOnesOwnAndNotTooManyNorTooLong() {
		Account ada = this.accounts.create("ada@example.org", "copper kettle 9 bells", Role.ADMIN);
		this.tokens.create(this.ann, "dashboard", 366);
		int id = this.tokens.of(this.ann).get(0).id();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tokens.revoke(ada, id))
			.withMessageContaining("no such token");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tokens.create(this.ann, "x", 367));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tokens.create(this.ann, "x", 0));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tokens.create(this.ann, " ", 1));
		for (int i = 1; i < ApiTokens.MOST; i++) {
			this.tokens.create(this.ann, "n" + i, 1);
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tokens.create(this.ann, "x", 1))
			.withMessageContaining("20 good tokens");
	}

	private String code() {
		return Totp.code(HexFormat.of().parseHex(SECRET), this.clock.instant().getEpochSecond() / 30);
	}

	private int generation() {
		return this.accounts.byId(this.ann.id()).orElseThrow().sessionGeneration();
	}

}
