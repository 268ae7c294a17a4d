package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SendPaceTests {

	private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

	private final SendPace pace = new SendPace();

	@Test
	void thePaceIsThatOfTheLastTenSeconds() {
		for (int second = 0; second <= 60; second += 2) {
			this.pace.saw(START.plusSeconds(second), (second <= 40) ? second * 1_000 : 40_000 + (second - 40) * 50);
		}
		assertThat(this.pace.perSecond()).isEqualTo(50.0);
		assertThat(this.pace.timeFor(500)).contains(Duration.ofSeconds(10));
	}

	@Test
	void nobodyCanTellTheTimeOfWhatStandsStill() {
		assertThat(this.pace.timeFor(1)).isEmpty();
		this.pace.saw(START, 7);
		this.pace.saw(START.plusSeconds(2), 7);
		assertThat(this.pace.perSecond()).isZero();
		assertThat(this.pace.timeFor(1)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, less than a minute", "59, less than a minute", "61, about a minute", "7000, about 117 minutes",
			"7200, about 2 hours", "400000, about 111 hours" })
	void timesAreSaidInWords(long seconds, String words) {
		assertThat(SendPace.inWords(Duration.ofSeconds(seconds))).isEqualTo(words);
	}

}
