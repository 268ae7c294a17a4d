package dev.herald.tracking;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.problem.Problem;

/**
 * The keys in a file: a line each, its id, a space and its secret of at least 32 bytes in
 * base64; {@code #} begins a comment. A key is added by a line with the next id.
 */
record SigningKeyFile(Path path) {

	private static final FileAttribute<?>[] OWNER_ONLY = FileSystems.getDefault()
		.supportedFileAttributeViews()
		.contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];

	/**
	 * @return secrets by id; none where there is no file
	 * @throws Problem naming the file and the line, never the secret
	 */
	Map<Integer, byte[]> read() {
		Map<Integer, byte[]> secrets = new TreeMap<>();
		if (!Files.exists(this.path)) {
			return secrets;
		}
		List<String> lines = lines();
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			if (!line.isEmpty() && !line.startsWith("#")) {
				readLine(line, i + 1, secrets);
			}
		}
		return secrets;
	}

	private List<String> lines() {
		try {
			return Files.readAllLines(this.path);
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK,
					"The signing keys can't be read from %s (%s). Let Herald read that file, or mend herald.signing-keys-file."
						.formatted(this.path, ex.getClass().getSimpleName()),
					ex);
		}
	}

	private void readLine(String line, int number, Map<Integer, byte[]> secrets) {
		String[] parts = line.split("\\s+", -1);
		try {
			int id = Integer.parseInt(parts[0]);
			byte[] secret = Base64.getDecoder().decode(parts[1]);
			boolean usable = parts.length == 2 && secret.length >= SigningKey.SECRET_BYTES && id >= 1
					&& id <= SigningKey.MAX_ID;
			if (usable && secrets.putIfAbsent(id, secret) == null) {
				return;
			}
		}
		catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
			// Said below: the parser's own message would quote the secret.
		}
		throw Problem.work(
				"%s, line %d: each line is a key's id (1 to %d, each once), a space, and its secret of at least %d bytes in base64. Restore the file from the backup."
					.formatted(this.path, number, SigningKey.MAX_ID, SigningKey.SECRET_BYTES));
	}

	/**
	 * Makes the file, whole or not at all, unless it is there: of two processes that
	 * start at once one wins, and the other reads the winner's.
	 * @param secrets by id
	 */
	void create(Map<Integer, byte[]> secrets) {
		try {
			Path folder = this.path.toAbsolutePath().getParent();
			Files.createDirectories(folder);
			Path draft = Files.createTempFile(folder, "signing-keys", ".new", OWNER_ONLY);
			try {
				StringBuilder lines = new StringBuilder(
						"# Signing keys of Herald. Keep this file secret and in the backup.\n");
				secrets.forEach((id, secret) -> lines.append(id)
					.append(' ')
					.append(Base64.getEncoder().encodeToString(secret))
					.append('\n'));
				Files.writeString(draft, lines);
				publish(draft);
			}
			finally {
				Files.deleteIfExists(draft);
			}
		}
		catch (FileAlreadyExistsException ex) {
			// Another process was first.
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK,
					"The signing keys can't be written to %s (%s). Let Herald write there, or mend herald.signing-keys-file."
						.formatted(this.path, ex.getClass().getSimpleName()),
					ex);
		}
	}

	/** A hard link fails where the name exists; a move may replace it. */
	private void publish(Path draft) throws IOException {
		try {
			Files.createLink(this.path, draft);
		}
		catch (UnsupportedOperationException ex) {
			Files.move(draft, this.path);
		}
	}

}
