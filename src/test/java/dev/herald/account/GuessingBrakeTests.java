package dev.herald.account;

import java.time.Duration;
import java.time.Instant;

import dev.herald.testing.HandClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuessingBrakeTests {

	private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:00Z"));

	private final GuessingBrake brake = new GuessingBrake(this.clock);

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
	void aGoodSignInClearsTheAccount() {
		fail(6, "10.0.0.1", "ann@example.org");
		this.brake.succeeded("10.0.0.1", "ann@example.org");
		assertThat(this.brake.pause("10.0.0.1", "ann@example.org")).isEmpty();
	}

	@Test
	void failuresAreForgottenAfterAnHour() {
		fail(30, "10.0.0.1", "ann@example.org");
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
