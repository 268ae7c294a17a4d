package dev.herald.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import dev.herald.problem.Problem;

/**
 * A file that appears under its name whole or not at all, and that only its owner may
 * read.
 */
class DraftFile implements AutoCloseable {

	private static final FileAttribute<?>[] OWNER_ONLY = FileSystems.getDefault()
		.supportedFileAttributeViews()
		.contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];

	private final Path target;

	private final boolean replace;

	private final Path draft;

	private final FileChannel channel;

	DraftFile(Path target, boolean replace, Path draft) throws IOException {
		this.target = target;
		this.replace = replace;
		this.draft = draft;
		this.channel = FileChannel.open(draft, StandardOpenOption.WRITE);
	}

	/**
	 * @param replace a file that is there; else it is left alone
	 * @throws Problem where nothing can appear under that name
	 */
	static DraftFile of(Path file, boolean replace) throws IOException {
		Path target = file.toAbsolutePath().normalize();
		Path folder = target.getParent();
		if (folder == null || Files.isDirectory(target)) {
			throw Problem.usage("%s is a folder. Name the file that is to be written.".formatted(file));
		}
		if (!Files.isDirectory(folder)) {
			throw Problem.usage("There is no folder %s. Make it first.".formatted(folder));
		}
		if (!replace && Files.exists(target)) {
			throw exists(file);
		}
		Path draft = Files.createTempFile(folder, target.getFileName() + ".", ".part", OWNER_ONLY);
		// Where the process is told to end; else it is deleted below.
		draft.toFile().deleteOnExit();
		return new DraftFile(target, replace, draft);
	}

	private static Problem exists(Path file) {
		return Problem
			.usage("%s is there already, and was left as it is. Name another file, or say --force.".formatted(file));
	}

	/** Closing it leaves the file open, which is still to be synced. */
	OutputStream out() {
		return new BufferedOutputStream(Channels.newOutputStream(this.channel), 64 * 1024) {
			@Override
			public void close() throws IOException {
				flush();
			}
		};
	}

	/** After the last octet was flushed. */
	void publish() throws IOException {
		this.channel.force(true);
		this.channel.close();
		try {
			if (this.replace) {
				Files.move(this.draft, this.target, StandardCopyOption.REPLACE_EXISTING);
			}
			else {
				Files.move(this.draft, this.target);
			}
		}
		catch (FileAlreadyExistsException ex) {
			throw exists(this.target);
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		Files.deleteIfExists(this.draft);
	}

}
