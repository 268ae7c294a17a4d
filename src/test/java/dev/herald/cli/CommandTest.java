package dev.herald.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.io.TempDir;

/** Runs commands in this process, on an H2 database of the test's own. */
abstract class CommandTest {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DB_CLOSE_DELAY=-1";

	@TempDir
	private Path folder;

	Result run(String... words) {
		List<String> all = new ArrayList<>(List.of(words));
		all.add("--spring.datasource.url=" + this.url);
		all.add("--herald.data-dir=" + this.folder.resolve("data"));
		return execute(all.toArray(String[]::new));
	}

	static Result execute(String... words) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		PrintStream before = System.out;
		try {
			System.setOut(new PrintStream(err, true, StandardCharsets.UTF_8));
			int exitCode = Cli.run(Arguments.of(words), new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
					new PrintStream(err, true, StandardCharsets.UTF_8), false));
			return new Result(exitCode, out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"),
					err.toString(StandardCharsets.UTF_8));
		}
		finally {
			System.setOut(before);
		}
	}

	String url() {
		return this.url;
	}

	Path write(String name, String content) throws IOException {
		return Files.writeString(this.folder.resolve(name), content);
	}

	Path folder() {
		return this.folder;
	}

	void newsletter(String key) {
		run("newsletter", "create", key, "--name", "The " + key, "--from", "Eds <eds@example.org>");
	}

	/** What a command left. */
	record Result(int exitCode, String out, String err) {
	}

}
