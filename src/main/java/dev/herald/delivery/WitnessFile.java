package dev.herald.delivery;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file installation.witness. Is replaced as a whole, by one process at a time, and
 * never goes back within one installation. Thread-safe, also between processes.
 */
final class WitnessFile {

	static final String NAME = "installation.witness";

	private static final Logger logger = LoggerFactory.getLogger(WitnessFile.class);

	/**
	 * Between the time in the file and the time at which its inode changed last. A copy,
	 * with whatever tool, has a later one: no program can set that (stat(2), st_ctime).
	 */
	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	/** A file lock keeps out processes, not threads. */
	private static final Object ONE_AT_A_TIME = new Object();

	private final Path folder;

	private final Path file;

	WitnessFile(Path folder) {
		this.folder = folder;
		this.file = folder.resolve(NAME);
	}

	Path path() {
		return this.file.toAbsolutePath().normalize();
	}

	/** Empty where there is none that can be read. */
	Optional<Witness> read() {
		try {
			Properties lines = new Properties();
			lines.load(new StringReader(Files.readString(this.file)));
			String written = lines.getProperty("written", "");
			return Optional.of(new Witness(required(lines, "installation"), Long.parseLong(required(lines, "beat")),
					!written.isEmpty() && !isOf(Long.parseLong(written))));
		}
		catch (IOException | IllegalArgumentException ex) {
			if (Files.exists(this.file)) {
				logger.warn("{} can't be read and counts as absent: {}", path(), ex.toString());
			}
			return Optional.empty();
		}
	}

	private static String required(Properties lines, String key) {
		String value = lines.getProperty(key);
		if (value == null) {
			throw new IllegalArgumentException("it has no " + key);
		}
		return value;
	}

	/**
	 * Writes it, unless it has a higher beat of the same installation.
	 * @throws Problem when it can't be written
	 */
	void raise(Witness seen) {
		synchronized (ONE_AT_A_TIME) {
			try {
				Files.createDirectories(this.folder);
				try (FileChannel channel = FileChannel.open(this.folder.resolve("installation.lock"),
						StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
					Optional<Witness> there = read();
					boolean higher = there.isPresent() && there.get().token().equals(seen.token())
							&& there.get().beat() > seen.beat() && !there.get().copied();
					if (!higher && lock.isValid()) {
						replace(seen);
					}
				}
			}
			catch (IOException ex) {
				throw new Problem(Problem.Kind.WORK,
						Sentence.of("delivery.hold.witness", path().toString(), ex.toString()), ex);
			}
		}
	}

	/**
	 * Where the clock of the file system is another one, or the disk took too long, the
	 * file names no time.
	 */
	private void replace(Witness seen) throws IOException {
		long now = System.currentTimeMillis();
		write(seen, "written=" + now + "\n");
		if (!isOf(now)) {
			write(seen, "");
		}
	}

	private void write(Witness seen, String written) throws IOException {
		Path part = this.folder.resolve(NAME + ".part");
		String content = """
				# The highest beat that this machine has seen of Herald's database: one with fewer was restored from a backup.
				# Belongs to this folder on this machine. Don't back it up, copy or edit it.
				installation=%s
				beat=%d
				%s"""
			.formatted(seen.token(), seen.beat(), written);
		try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
			channel.force(true);
		}
		Files.move(part, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private boolean isOf(long written) throws IOException {
		OptionalLong changed = changed();
		return changed.isEmpty() || Math.abs(changed.getAsLong() - written) <= TOLERANCE.toMillis();
	}

	/** Empty where the platform tells no such time. */
	private OptionalLong changed() throws IOException {
		if (!this.file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
			return OptionalLong.empty();
		}
		return OptionalLong.of(((FileTime) Files.getAttribute(this.file, "unix:ctime")).toMillis());
	}

}
