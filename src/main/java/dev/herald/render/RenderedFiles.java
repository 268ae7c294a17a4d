package dev.herald.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.herald.problem.Problem;

/** Writes what one recipient gets to files, to look at. */
public final class RenderedFiles {

	private RenderedFiles() {
	}

	/**
	 * Writes issue.html, issue.txt and issue.eml, each whole or not at all; older ones
	 * are replaced.
	 * @param folder is made where there is none
	 * @throws Problem when it can't be written to
	 */
	public static void write(CompiledIssue issue, Recipient recipient, Path folder) {
		try {
			Files.createDirectories(folder);
			write(folder, "issue.html", issue.page(recipient).getBytes(StandardCharsets.UTF_8));
			write(folder, "issue.txt", issue.text(recipient).getBytes(StandardCharsets.UTF_8));
			write(folder, "issue.eml", issue.message(recipient).content());
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK,
					"%s can't be written to (%s). Name another folder, or mend its rights or space.".formatted(folder,
							ex),
					ex);
		}
	}

	private static void write(Path folder, String name, byte[] content) throws IOException {
		Path part = folder.resolve(".%s.%d.part".formatted(name, ProcessHandle.current().pid()));
		try {
			Files.write(part, content);
			Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

}
