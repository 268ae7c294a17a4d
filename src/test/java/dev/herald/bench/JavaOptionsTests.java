package dev.herald.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The benchmark measures Herald as it is packaged and documented. */
class JavaOptionsTests {

	@ParameterizedTest
	@ValueSource(strings = { "Dockerfile", "README.md", "docs/operations.md" })
	void theMeasuredOptionsAreThoseThatPeopleAreTold(String file) throws IOException {
		assertThat(Files.readString(Path.of(file))).contains(String.join(" ", new Options().java));
	}

}
