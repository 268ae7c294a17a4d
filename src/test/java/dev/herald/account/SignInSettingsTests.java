package dev.herald.account;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SignInSettingsTests {

	@Test
	void aSessionLastsAWeekUnusedAndAMonthAtMost() {
		assertThat(bound(Map.of())).isEqualTo(new SignInSettings(Duration.ofDays(7), Duration.ofDays(30), false));
	}

	@Test
	void everySettingIsBound() {
		assertThat(bound(Map.of("herald.sign-in.idle", "20m", "herald.sign-in.longest", "12h",
				"herald.sign-in.admin-totp", "true")))
			.isEqualTo(new SignInSettings(Duration.ofMinutes(20), Duration.ofHours(12), true));
	}

	@ParameterizedTest
	@CsvSource({ "4m, 30d, between 5m and 90d", "91d, 365d, between 5m and 90d", "2d, 1d, at least herald.sign-in.idle",
			"7d, 366d, at most 365d" })
	void whatIsOutOfRangeIsRefused(String idle, String longest, String why) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bound(Map.of("herald.sign-in.idle", idle, "herald.sign-in.longest", longest)))
			.withStackTraceContaining(why);
	}

	private static SignInSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("herald.sign-in",
				SignInSettings.class);
	}

}
