package dev.herald.delivery;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UndoSettingsTests {

	@Test
	void theDefaultIsHalfAMinute() {
		assertThat(bind(Map.of())).isEqualTo(new UndoSettings(Duration.ofSeconds(30)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "10m" })
	void theLimitsThemselvesAreTaken(String window) {
		assertThat(bind(Map.of("herald.undo.window", window)).window()).isBetween(Duration.ZERO,
				Duration.ofMinutes(10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "601s" })
	void whatIsOutOfItsLimitsIsRefused(String window) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("herald.undo.window", window)))
			.havingRootCause()
			.withMessage("herald.undo.window must be from 0s to 10m");
	}

	private static UndoSettings bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("herald.undo", UndoSettings.class);
	}

}
