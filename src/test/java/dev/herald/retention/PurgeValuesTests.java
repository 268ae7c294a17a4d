package dev.herald.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.herald.problem.Problem;
import dev.herald.settings.BatchFiles;
import dev.herald.settings.OperatorFiles;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PurgeValuesTests {

	private final ValidatorFactory validators = Validation.buildDefaultValidatorFactory();

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path home;

	@AfterEach
	void close() {
		this.validators.close();
	}

	private PurgeValues read() {
		return new BatchFiles(new OperatorFiles(this.home), this.validators.getValidator()).read(PurgeJob.NAME,
				PurgeValues.class);
	}

	private PurgeValues read(String yaml) throws IOException {
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/purge.yaml"), yaml);
		return read();
	}

	@Test
	void thePackagedFileHasTheDefaults() throws IOException {
		PurgeValues defaults = new PurgeValues(Duration.ofDays(1), Duration.ofDays(395), Duration.ofDays(30),
				Duration.ofDays(30), 1000);
		assertThat(read()).isEqualTo(defaults);
		assertThat(read("# nothing set\n")).isEqualTo(defaults);
	}

	@Test
	void everyKeyIsMapped() throws IOException {
		assertThat(read("""
				every: 6h
				tracking: 90d
				unconfirmed: 7d
				requests: 14d
				chunk-size: 50
				""")).isEqualTo(
				new PurgeValues(Duration.ofHours(6), Duration.ofDays(90), Duration.ofDays(7), Duration.ofDays(14), 50));
	}

	@Test
	void aTypoOrAValueOutOfItsLimitsIsNamed() {
		for (String line : List.of("evry: 1d", "every: 59m", "every: 8d", "tracking: 23h", "tracking: 4000d",
				"unconfirmed: 0d", "requests: 6d", "chunk-size: 0", "chunk-size: 10001")) {
			assertThatExceptionOfType(Problem.class).as(line)
				.isThrownBy(() -> read(line + "\n"))
				.withMessageContaining("batch/purge.yaml")
				.withMessageContaining(line.substring(0, line.indexOf(':')));
		}
	}

}
