package dev.herald.bounce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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

class CollectBouncesValuesTests {

	private final ValidatorFactory validators = Validation.buildDefaultValidatorFactory();

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path home;

	@AfterEach
	void close() {
		this.validators.close();
	}

	private CollectBouncesValues read() {
		return new BatchFiles(new OperatorFiles(this.home), this.validators.getValidator())
			.read(CollectBouncesConfiguration.NAME, CollectBouncesValues.class);
	}

	private CollectBouncesValues read(String yaml) throws IOException {
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/collect-bounces.yaml"), yaml);
		return read();
	}

	@Test
	void thePackagedFileHasTheDefaults() throws IOException {
		CollectBouncesValues defaults = new CollectBouncesValues(Duration.ofMinutes(1), 50, 5000,
				new BouncePolicy(new BouncePolicy.Soft(5, Duration.ofDays(14)), new BouncePolicy.Wave(20, 50, 20),
						BouncePolicy.WithoutToken.REVIEW));
		assertThat(read()).isEqualTo(defaults);
		assertThat(read("# nothing set\n")).isEqualTo(defaults);
	}

	@Test
	void everyKeyIsMapped() throws IOException {
		assertThat(read("""
				every: 90s
				chunk-size: 7
				mails-per-run: 70
				policy:
				  soft:
				    bounces: 3
				    over: 7d
				  wave:
				    at-least: 10
				    share: 60
				    of-provider: 5
				  without-token: count
				""")).isEqualTo(new CollectBouncesValues(Duration.ofSeconds(90), 7, 70,
				new BouncePolicy(new BouncePolicy.Soft(3, Duration.ofDays(7)), new BouncePolicy.Wave(10, 60, 5),
						BouncePolicy.WithoutToken.COUNT)));
	}

	@Test
	void aTypoIsNamed() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read("evry: 1m\n"))
			.withMessageContaining("batch/collect-bounces.yaml")
			.withMessageContaining("evry");
	}

	@Test
	void aValueOutOfItsLimitsIsNamed() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read("chunk-size: 0\n"))
			.withMessageContaining("chunk-size")
			.withMessageContaining("0");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read("every: 1s\n")).withMessageContaining("every");
	}

}
