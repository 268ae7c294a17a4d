package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
		assertThat(packaged)
			.isEqualTo(new SendSettings(50, 4, null, new SendSettings.Retry(Duration.ofMinutes(1), Duration.ofHours(1)),
					Duration.ofHours(24), Duration.ofMinutes(1)));
		write("");
		assertThat(read()).isEqualTo(packaged);
	}

	@Test
	void everyKeyIsMapped() throws IOException {
		write("""
				chunk-size: 7
				connections: 2
				messages-per-second: 30
				retry:
				  first: 5s
				  longest: 2m
				deadline: 3h
				relay-retry-longest: 10s
				""");
		assertThat(read())
			.isEqualTo(new SendSettings(7, 2, 30, new SendSettings.Retry(Duration.ofSeconds(5), Duration.ofMinutes(2)),
					Duration.ofHours(3), Duration.ofSeconds(10)));
	}

	@ParameterizedTest
	@CsvSource({ "chunk-sice: 7,chunk-sice", "connections: 0,connections", "connections: 101,connections",
			"connections: many,connections", "messages-per-second: 0,messages-per-second", "deadline: 10s,deadline",
			"deadline: soon,deadline", "relay-retry-longest: 2h,relay-retry-longest",
			"'retry: {first: 0s}',retry.first" })
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
