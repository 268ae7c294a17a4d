package dev.herald.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Never the passphrase itself: other users of the machine see what commands are given.
 */
final class PassphraseOption {

	static final String VARIABLE = "HERALD_BACKUP_PASSPHRASE";

	@Option(names = "--passphrase-file", paramLabel = "FILE",
			description = "Encrypted with the first line of this file; default: with the environment variable "
					+ VARIABLE + ", or not at all.")
	private @Nullable Path file;

	@Nullable String value() {
		String passphrase = (this.file != null) ? firstLine(this.file) : System.getenv(VARIABLE);
		return (passphrase == null || passphrase.isEmpty()) ? null : passphrase;
	}

	private static String firstLine(Path file) {
		try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
			return lines.findFirst()
				.filter((line) -> !line.isEmpty())
				.orElseThrow(() -> Problem.usage("The first line of %s is empty.".formatted(file)));
		}
		catch (UncheckedIOException | IOException ex) {
			throw new Problem(Problem.Kind.USAGE,
					"The passphrase can't be read from %s (%s).".formatted(file, ex.getClass().getSimpleName()), ex);
		}
	}

}
