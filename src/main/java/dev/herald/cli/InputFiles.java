package dev.herald.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.herald.problem.Problem;

/** Files named on the command line. */
final class InputFiles {

	/** 50 MiB: no issue and no report is larger, and a device never ends. */
	private static final int LARGEST = 50 << 20;

	private InputFiles() {
	}

	/**
	 * @throws Problem when it can't be read or is too large
	 */
	static byte[] read(Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] content = in.readNBytes(LARGEST + 1);
			if (content.length > LARGEST) {
				throw Problem.usage("%s is larger than 50 MiB.".formatted(file));
			}
			return content;
		}
		catch (NoSuchFileException ex) {
			throw new Problem(Problem.Kind.USAGE, "There is no file %s.".formatted(file), ex);
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.USAGE, "%s can't be read: %s.".formatted(file,
					Files.isDirectory(file) ? "it is a folder" : String.valueOf(ex.getMessage())), ex);
		}
	}

	/**
	 * The files in a folder and in those below it, by name.
	 * @throws Problem when it can't be read
	 */
	static List<Path> in(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> Files.isRegularFile(file) && !name(file).startsWith(".")).sorted().toList();
		}
		catch (IOException | UncheckedIOException ex) {
			throw new Problem(Problem.Kind.USAGE, "The folder %s can't be read.".formatted(folder), ex);
		}
	}

	static String name(Path file) {
		return String.valueOf(file.getFileName());
	}

}
