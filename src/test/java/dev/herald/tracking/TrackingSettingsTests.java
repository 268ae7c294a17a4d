package dev.herald.tracking;

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

class TrackingSettingsTests {

	private static TrackingSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("herald.tracking",
				TrackingSettings.class);
	}

	@Test
	void requestsAreWaitedForTenSecondsOrAsLongAsIsSet() {
		assertThat(bound(Map.of()).window()).isEqualTo(Duration.ofSeconds(10));
		assertThat(bound(Map.of("herald.tracking.window", "2m")).window()).isEqualTo(Duration.ofMinutes(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "11m" })
	void otherWindowsStopTheStart(String window) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bound(Map.of("herald.tracking.window", window)))
			.withStackTraceContaining("it has to be 0s to 10 minutes");
	}

}
