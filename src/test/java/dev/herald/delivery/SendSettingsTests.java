package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.herald.pacing.Rate;
import dev.herald.problem.Problem;
import dev.herald.settings.BatchFiles;
import dev.herald.settings.OperatorFiles;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SendSettingsTests {

	@TempDir
	private Path home;

	@Test
	void thePackagedFileHoldsTheDefaults() throws IOException {
		SendSettings packaged = read();
		assertThat(packaged).usingRecursiveComparison()
			.ignoringFields("pacing")
			.isEqualTo(new SendSettings(500, 4, null, null,
					new SendSettings.Retry(Duration.ofMinutes(1), Duration.ofHours(1)), Duration.ofHours(24),
					Duration.ofHours(1), Duration.ofMinutes(1), packaged.pacing()));
		write("");
		assertThat(read()).usingRecursiveComparison().ignoringFields("pacing").isEqualTo(packaged);
	}

	@Test
	void everyKeyIsMapped() throws IOException {
		write("""
				chunk-size: 7
				connections: 2
				rate: 30/s
				newsletter-rate: 600/m
				retry:
				  first: 5s
				  longest: 2m
				deadline: 3h
				grace: 20m
				relay-retry-longest: 10s
				pacing:
				  dns: true
				""");
		SendSettings settings = read();
		assertThat(settings).usingRecursiveComparison()
			.ignoringFields("pacing")
			.isEqualTo(new SendSettings(7, 2, Rate.of("30/s"), Rate.of("600/m"),
					new SendSettings.Retry(Duration.ofSeconds(5), Duration.ofMinutes(2)), Duration.ofHours(3),
					Duration.ofMinutes(20), Duration.ofSeconds(10), settings.pacing()));
		assertThat(settings.pacing().dns()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "chunk-sice: 7,chunk-sice", "connections: 0,connections", "connections: 101,connections",
			"connections: many,connections", "rate: 0/s,rate", "rate: fast,rate", "newsletter-rate: 5,newsletter-rate",
			"messages-per-second: 50,messages-per-second", "deadline: 10s,deadline", "deadline: soon,deadline",
			"grace: 10s,grace", "relay-retry-longest: 2h,relay-retry-longest", "'retry: {first: 0s}',retry.first",
			"'pacing: {dms: true}',pacing.dms" })
	void aTypoOrAValueOutsideItsLimitsNamesFileAndKey(String line, String key) throws IOException {
		write(line);
		assertThatExceptionOfType(Problem.class).isThrownBy(this::read)
			.withMessageContaining("batch/send-issue.yaml")
			.withMessageContaining(key);
	}

	@Test
	void whatIsNoYamlIsSaidToBeNone() throws IOException {
		write("chunk-size: [1");
		assertThatExceptionOfType(Problem.class).isThrownBy(this::read)
			.withMessageContaining("batch/send-issue.yaml can't be read as YAML");
	}

	@Test
	void thePauseDoublesUpToTheLongest() {
		SendSettings.Retry retry = new SendSettings.Retry(Duration.ofMinutes(1), Duration.ofMinutes(10));
		assertThat(retry.pauseAfter(1)).isEqualTo(Duration.ofMinutes(1));
		assertThat(retry.pauseAfter(3)).isEqualTo(Duration.ofMinutes(4));
		assertThat(retry.pauseAfter(5)).isEqualTo(Duration.ofMinutes(10));
		assertThat(retry.pauseAfter(127)).isEqualTo(Duration.ofMinutes(10));
	}

	private SendSettings read() {
		return new BatchFiles(new OperatorFiles(this.home), Validation.buildDefaultValidatorFactory().getValidator())
			.read("send-issue", SendSettings.class);
	}

	private void write(String yaml) throws IOException {
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/send-issue.yaml"), yaml);
	}

}
