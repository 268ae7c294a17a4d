package dev.herald.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.util.EnumSet;
import java.util.Set;

import dev.herald.problem.Problem;

/** A private key on disk. */
record PrivateKeyFile(Path path) {

	private static final Set<PosixFilePermission> OTHERS_READ = EnumSet.of(PosixFilePermission.GROUP_READ,
			PosixFilePermission.OTHERS_READ);

	/** The largest that is looked into; a key of 4,096 bits takes 3,300 octets. */
	private static final long LARGEST = 64 * 1024;

	/**
	 * @param setting what names the file, for the message
	 * @throws Problem naming the setting, the file and what to do; it quotes nothing of
	 * the file
	 */
	PrivateKey read(String setting) {
		try {
			if (Files.size(this.path) > LARGEST) {
				throw Problem.work("%s: %s is too large for a private key.".formatted(setting, this.path));
			}
			return PrivateKeyPem.read(Files.readString(this.path, StandardCharsets.ISO_8859_1));
		}
		catch (InvalidKeySpecException ex) {
			throw new Problem(Problem.Kind.WORK, "%s: %s %s.".formatted(setting, this.path, ex.getMessage()), ex);
		}
		catch (NoSuchFileException ex) {
			throw new Problem(Problem.Kind.WORK,
					"%s: there is no file %s. Put the key there, or make one with 'herald dkim create'."
						.formatted(setting, this.path),
					ex);
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK, "%s: %s can't be read (%s). Let Herald read that file."
				.formatted(setting, this.path, ex.getClass().getSimpleName()), ex);
		}
	}

	/** False too where the file system knows no such permissions. */
	boolean readableByOthers() {
		try {
			return Files.getPosixFilePermissions(this.path).stream().anyMatch(OTHERS_READ::contains);
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/**
	 * Writes a new file that its owner alone can read.
	 * @throws Problem where there is one already: a key that signs must never be lost
	 */
	void create(PrivateKey key) {
		try {
			Files.createFile(this.path, ownerOnly());
			fill(PrivateKeyPem.write(key));
		}
		catch (FileAlreadyExistsException ex) {
			throw new Problem(Problem.Kind.USAGE,
					"There is a file %s already, and Herald overwrites no key. Choose another file."
						.formatted(this.path),
					ex);
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK,
					"%s can't be written (%s). Is its folder there, and may you write in it?".formatted(this.path,
							ex.getClass().getSimpleName()),
					ex);
		}
	}

	private void fill(String pem) throws IOException {
		try {
			Files.writeString(this.path, pem);
		}
		catch (IOException ex) {
			Files.deleteIfExists(this.path);
			throw ex;
		}
	}

	private FileAttribute<?>[] ownerOnly() {
		return this.path.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

}
