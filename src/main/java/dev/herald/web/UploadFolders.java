package dev.herald.web;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;

/**
 * A folder for each uploaded list: the file, what somebody chose for it, and the rows
 * that were not taken. Only their owner can read them. Whoever writes holds the lock of
 * {@link ListUploads}.
 */
final class UploadFolders {

	/** At 50 MB each. */
	private static final int MAX_KEPT = 10;

	private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

	private static final String NEWSLETTER = "newsletter";

	private static final String FILE_NAME = "file-name";

	private static final String AT = "at";

	private static final String BEGUN = "begun";

	private static final String ENDED = "ended";

	private final Path root;

	UploadFolders(Path root) {
		this.root = root;
	}

	String create(int newsletterId, String fileName, Instant at, MultipartFile file) throws IOException {
		byte[] random = new byte[16];
		new SecureRandom().nextBytes(random);
		String id = HexFormat.of().formatHex(random);
		Files.createDirectories(this.root, ownerOnly());
		Files.createDirectory(this.root.resolve(id), ownerOnly());
		file.transferTo(list(id).toAbsolutePath());
		Properties properties = new Properties();
		properties.setProperty(NEWSLETTER, Integer.toString(newsletterId));
		properties.setProperty(FILE_NAME, fileName.substring(0, Math.min(fileName.length(), 200)));
		properties.setProperty(AT, at.toString());
		store(id, properties);
		return id;
	}

	private static FileAttribute<?>[] ownerOnly() {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
	}

	boolean isFull() {
		return ids().size() >= MAX_KEPT;
	}

	Path list(String id) {
		return this.root.resolve(id).resolve("list");
	}

	/** Where the import writes the rows it did not take. */
	Path rejects(String id) {
		return this.root.resolve(id).resolve("rejects.csv");
	}

	/** Of which newsletter it is; empty where there is no such upload. */
	Optional<Integer> newsletter(String id) {
		if (!ID.matcher(id).matches() || !Files.exists(file(id))) {
			return Optional.empty();
		}
		return Optional.of(Integer.valueOf(load(id).getProperty(NEWSLETTER)));
	}

	String fileName(String id) {
		return load(id).getProperty(FILE_NAME, "");
	}

	ListChoice choice(String id) {
		return ListChoice.read(load(id));
	}

	void choose(String id, ListChoice choice) {
		Properties properties = load(id);
		choice.write(properties);
		store(id, properties);
	}

	boolean isBegun(String id) {
		return load(id).containsKey(BEGUN);
	}

	void begin(String id) {
		mark(id, BEGUN);
	}

	boolean isEnded(String id) {
		return load(id).containsKey(ENDED);
	}

	void end(String id) {
		mark(id, ENDED);
	}

	private void mark(String id, String key) {
		Properties properties = load(id);
		properties.setProperty(key, "true");
		store(id, properties);
	}

	/** Those that were uploaded before then. */
	List<String> before(Instant time) {
		return ids().stream()
			.filter((id) -> Instant.parse(load(id).getProperty(AT, Instant.EPOCH.toString())).isBefore(time))
			.toList();
	}

	void delete(String id) {
		try {
			FileSystemUtils.deleteRecursively(this.root.resolve(id));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> ids() {
		if (!Files.isDirectory(this.root)) {
			return List.of();
		}
		try (Stream<Path> folders = Files.list(this.root)) {
			return folders.map((folder) -> String.valueOf(folder.getFileName()))
				.filter((name) -> ID.matcher(name).matches())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String id) {
		return this.root.resolve(id).resolve("import.properties");
	}

	private Properties load(String id) {
		Properties properties = new Properties();
		if (Files.exists(file(id))) {
			try (Reader reader = Files.newBufferedReader(file(id))) {
				properties.load(reader);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return properties;
	}

	private void store(String id, Properties properties) {
		try (Writer writer = Files.newBufferedWriter(file(id))) {
			properties.store(writer, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
