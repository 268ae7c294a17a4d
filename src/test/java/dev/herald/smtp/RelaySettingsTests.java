package dev.herald.smtp;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RelaySettingsTests {

	@Test
	void withoutAHostThereIsNoRelay() {
		assertThat(bind(Map.of())).isEqualTo(new RelaySettings(null, null, null, null, "smtp", Map.of()))
			.returns(false, RelaySettings::present);
		assertThat(bind(Map.of("spring.mail.host", " ")).present()).isFalse();
	}

	@Test
	void everySettingIsMapped() {
		assertThat(bind(Map.of("spring.mail.host", "mx.example.org", "spring.mail.port", "587", "spring.mail.username",
				"herald", "spring.mail.password", "secret", "spring.mail.protocol", "smtps",
				"spring.mail.properties.mail.smtp.localhost", "news.example.org")))
			.isEqualTo(new RelaySettings("mx.example.org", 587, "herald", "secret", "smtps",
					Map.of("mail.smtp.localhost", "news.example.org")));
	}

	@Test
	void thePortIsTheProtocolsOwnUnlessSet() {
		assertThat(bind(Map.of("spring.mail.host", "mx.example.org"))).hasToString("mx.example.org:25");
		assertThat(bind(Map.of("spring.mail.host", "mx.example.org", "spring.mail.protocol", "smtps")))
			.hasToString("mx.example.org:465");
	}

	@Test
	void anotherProtocolIsRefused() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("spring.mail.protocol", "imap")))
			.havingRootCause()
			.withMessage("spring.mail.protocol must be smtp or smtps, not 'imap'");
	}

	@Test
	void neitherNameNorPasswordIsEverPrinted() {
		assertThat(new RelaySettings("mx.example.org", 25, "herald", "secret", "smtp", Map.of()).toString())
			.doesNotContain("herald", "secret");
	}

	private static RelaySettings bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("spring.mail",
				RelaySettings.class);
	}

}
