package dev.herald.testsend;

import java.time.Duration;

import dev.herald.pacing.Rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be tested.
 *
 * @param rate how many tests one account may send, each to some addresses; at most 1000
 * in a unit of time, defaults to 20/h
 * @param patience how long a test waits for the relay's answer, since somebody waits for
 * the test; 1 s to 5 min
 */
@ConfigurationProperties("herald.test-send")
record TestSendSettings(@DefaultValue("20/h") Rate rate, @DefaultValue("30s") Duration patience) {

	private static final int MOST = 1000;

	private static final Duration LONGEST = Duration.ofMinutes(5);

	TestSendSettings {
		if (rate.count() > MOST) {
			throw new IllegalArgumentException(
					"herald.test-send.rate is at most %d tests, not %s".formatted(MOST, rate));
		}
		if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("herald.test-send.patience must be from 1s to 5m");
		}
	}

}
