package dev.herald.testsend;

import java.time.Duration;
import java.util.Map;

import dev.herald.pacing.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TestSendSettingsTests {

	@Test
	void theDefaults() {
		assertThat(bind(Map.of())).isEqualTo(new TestSendSettings(Rate.of("20/h"), Duration.ofSeconds(30)));
	}

	@Test
	void everySettingIsMapped() {
		assertThat(bind(Map.of("herald.test-send.rate", "1000/d", "herald.test-send.patience", "5m")))
			.isEqualTo(new TestSendSettings(Rate.of("1000/d"), Duration.ofMinutes(5)));
	}

	@ParameterizedTest
	@CsvSource({ "rate, 1001/h, 'herald.test-send.rate is at most 1000 tests, not 1001/h'",
			"rate, 20, \"'20' is no rate. Write a whole number, a slash and s, m, h or d, such as 50/s, 600/m, 1000/h or 20000/d.\"",
			"patience, 999ms, 'herald.test-send.patience must be from 1s to 5m'",
			"patience, 301s, 'herald.test-send.patience must be from 1s to 5m'" })
	void whatIsOutOfItsLimitsIsRefused(String name, String value, String message) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("herald.test-send." + name, value)))
			.havingRootCause()
			.withMessageContaining(message.replace("\"", ""));
	}

	private static TestSendSettings bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("herald.test-send",
				TestSendSettings.class);
	}

}
