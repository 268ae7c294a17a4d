package dev.herald.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InstallationTests {

	@Test
	void defaults() {
		assertThat(bind(Map.of())).isEqualTo(
				new Installation(Path.of("data"), URI.create("http://localhost:8080"), false, "bounce@localhost"));
	}

	@Test
	void everySettingIsMapped() {
		assertThat(bind(Map.of("herald.data-dir", "/var/lib/herald", "herald.base-url", "https://news.example.org/",
				"herald.allow-local-base-url", "true", "herald.bounce-address", "returns@news.example.org")))
			.isEqualTo(new Installation(Path.of("/var/lib/herald"), URI.create("https://news.example.org"), true,
					"returns@news.example.org"));
	}

	@ParameterizedTest
	@CsvSource({ "https://news.example.org,true", "https://news.example.org/sub,true", "http://news.example.org,false",
			"https://localhost,false", "https://127.0.0.1:8443,false", "https://[::1],false",
			"https://herald.localhost,false" })
	void readersCanFollowHttpsThatIsNotThisMachine(URI baseUrl, boolean reachable) {
		assertThat(new Installation(Path.of("data"), baseUrl, false, "b@example.org").reachable()).isEqualTo(reachable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "news.example.org", "ftp://news.example.org", "https:///path" })
	void aBaseUrlThatIsNoneIsRefused(String baseUrl) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("herald.base-url", baseUrl)))
			.havingRootCause()
			.withMessageContaining("herald.base-url");
	}

	private static Installation bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("herald", Installation.class);
	}

}
