package dev.herald.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.herald.bounce.Rows;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Postfix's smtp-source, which ends with an error at any reply that it did not expect.
 */
class PostfixClientTests {

	private static final int MAILS = 200;

	@SuppressWarnings("NullAway.Init") // Set before all tests.
	private static ListenerFixture fixture;

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path folder;

	@BeforeAll
	static void open() {
		fixture = new ListenerFixture(TestDatabase.H2);
	}

	@BeforeEach
	void prepare() {
		fixture.rows().insert();
	}

	@AfterAll
	static void close() {
		fixture.close();
	}

	@ParameterizedTest
	@CsvSource({ "smtp, false", "smtp, true", "lmtp, false", "lmtp, true" })
	void itsMailsAreTaken(String protocol, boolean keepsConnections) throws Exception {
		fixture.start("protocol=" + protocol, "connections-per-minute=100000", "messages-per-minute=100000");
		// With line feeds: smtp-source puts the CR before each.
		Path mail = Files.writeString(this.folder.resolve("mail"),
				ListenerFixture.report("", Rows.address(1)).replace("\r", ""));
		List<String> command = new ArrayList<>(List.of("smtp-source", "-f", "", "-t", fixture.bounces(1), "-F",
				mail.toString(), "-m", String.valueOf(MAILS), "-s", "8"));
		if (protocol.equals("lmtp")) {
			command.add("-L");
		}
		if (keepsConnections) {
			command.add("-d");
		}
		command.add("127.0.0.1:" + fixture.port());

		assertThat(run(command)).isEqualTo("0 ");

		assertThat(fixture.rows().bounces()).containsExactly("1 HARD userunknown");
	}

	private String run(List<String> command) throws InterruptedException, IOException {
		Path said = this.folder.resolve("said");
		Process process;
		try {
			process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
		}
		catch (IOException ex) {
			Assumptions.abort("smtp-source of Postfix is not installed: " + ex.getMessage());
			throw ex;
		}
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends within a minute").isTrue();
		return process.exitValue() + " " + Files.readString(said, StandardCharsets.UTF_8);
	}

}
