package dev.herald.account;

import java.time.Duration;
import java.time.Instant;

import dev.herald.testing.HandClock;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class GuessingBrakeTests {

	private final TestDatabase.Opened database;

	private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:00Z"));

	private final GuessingBrake brake;

	GuessingBrakeTests(TestDatabase database) {
		this.database = database.open();
		this.brake = new GuessingBrake(this.database.jdbc(), this.clock);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void fourSlipsCostNothing() {
		fail(4, "10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).isEmpty();
	}

	@Test
	void fromTheFifthOnThePauseDoublesUpToAQuarterOfAnHour() {
		fail(5, "10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "Ann@Example.org ")).contains(Duration.ofSeconds(1));
		fail(2, "10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).contains(Duration.ofSeconds(4));
		fail(40, "10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).contains(Duration.ofMinutes(15));
	}

	@Test
	void aPauseEnds() {
		fail(6, "10.0.0.1", "ann@example.org");
		this.clock.forward(Duration.ofSeconds(2));
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).isEmpty();
	}

	@Test
	void whoGuessesElsewhereOrAtAnotherAccountLocksNobodyOut() {
		fail(20, "10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.2", "ann@example.org")).isEmpty();
		assertThat(this.brake.pause("10.0.0.1", "bob@example.org")).isEmpty();
	}

	@Test
	void tryingManyAccountsFromOnePlaceIsSlowedToo() {
		for (int i = 0; i < 52; i++) {
			this.brake.failed("10.0.0.1", "reader" + i + "@example.org");
		}
		assertThat(this.brake.pause("10.0.0.1", "bob@example.org")).contains(Duration.ofSeconds(4));
	}

	@Test
	void manyWhoGuessAtOneAccountFromEverywhereLockItForEverybody() {
		for (int i = 0; i < 32; i++) {
			fail(1, "10.0.1." + i, "ann@example.org");
		}
		assertThat(this.brake.pause("10.9.9.9", "ann@example.org")).contains(Duration.ofSeconds(4));
		assertThat(this.brake.pause("10.9.9.9", "bob@example.org")).isEmpty();
	}

	@Test
	void aRestartForgetsNothingAndAnUnlockEverything() {
		fail(8, "10.0.0.1", "ann@example.org");
		GuessingBrake restarted = new GuessingBrake(this.database.jdbc(), this.clock);
		assertThat(restarted.pause("10.0.0.1", "ann@example.org")).contains(Duration.ofSeconds(8));
		assertThat(this.brake.forgetAll()).isTrue();
		assertThat(restarted.pause("10.0.0.1", "ann@example.org")).isEmpty();
		assertThat(this.brake.forgetAll()).isFalse();
	}

	@Test
	void whatWasTypedAsAnAddressIsNotKept() {
		fail(1, "10.0.0.1", "copper kettle 9 bells");
		assertThat(this.database.jdbc().sql("SELECT subject FROM sign_in_failure").query(String.class).list())
			.hasSize(3)
			.allMatch((subject) -> subject.matches("[0-9a-f]{64}"));
	}

	@Test
	void aGoodSignInClearsTheAccount() {
		fail(6, "10.0.0.1", "ann@example.org");
		this.brake.succeeded("10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).isEmpty();
	}

	@Test
	void failuresAreForgottenAfterAnHour() {
		fail(29, "10.0.0.1", "ann@example.org");
		this.clock.forward(Duration.ofMinutes(61));
		fail(1, "10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).isEmpty();
	}

	private void fail(int times, String client, String account) {
		for (int i = 0; i < times; i++) {
			this.brake.failed(client, account);
		}
	}

}
