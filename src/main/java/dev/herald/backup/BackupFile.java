package dev.herald.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A backup that somebody has. Needs no database.
 *
 * @param passphrase that it was written with; null where nobody has said one
 */
public record BackupFile(Path path, @Nullable String passphrase) {

	/**
	 * Reads it from its beginning to its end, each checksum and each value.
	 * @throws Problem where it can't be read, is no backup or not a whole one
	 */
	public BackupSummary verify(BackupProgress progress) {
		Look look = new Look(progress);
		try {
			read(look);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("A look needs no database", ex);
		}
		return summary(look);
	}

	/** Once it was looked through. */
	BackupSummary summary(Look look) {
		Heading heading = look.heading();
		return new BackupSummary(heading.madeAt(), heading.herald(), look.tables, look.progress.rows(), isSealed());
	}

	/**
	 * Hands it over, and returns only if it was whole.
	 */
	void read(BackupReader.Visitor visitor) throws SQLException {
		try (InputStream in = open()) {
			BackupReader.read(in, visitor);
		}
		catch (DamagedException ex) {
			throw new Problem(Problem.Kind.WORK,
					"%s is no whole backup of Herald: %s. Nothing was changed; take another copy of it."
						.formatted(this.path, ex.getMessage()),
					ex);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	private InputStream open() throws IOException {
		InputStream in = new BufferedInputStream(Files.newInputStream(this.path), 64 * 1024);
		try {
			in.mark(Seal.MARK.length);
			boolean sealed = Arrays.equals(in.readNBytes(Seal.MARK.length), Seal.MARK);
			in.reset();
			return sealed ? new SealedInput(in, requirePassphrase()) : in;
		}
		catch (IOException | RuntimeException ex) {
			in.close();
			throw ex;
		}
	}

	private String requirePassphrase() {
		if (this.passphrase == null) {
			throw Problem.usage(
					"%s is encrypted. Give its passphrase by --passphrase-file FILE, or in the environment variable HERALD_BACKUP_PASSPHRASE."
						.formatted(this.path));
		}
		return this.passphrase;
	}

	private boolean isSealed() {
		try (InputStream in = Files.newInputStream(this.path)) {
			return Arrays.equals(in.readNBytes(Seal.MARK.length), Seal.MARK);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	private Problem unreadable(IOException ex) {
		if (ex instanceof NoSuchFileException) {
			return new Problem(Problem.Kind.USAGE, "There is no file %s.".formatted(this.path), ex);
		}
		return new Problem(Problem.Kind.USAGE, "%s can't be read: %s.".formatted(this.path,
				Files.isDirectory(this.path) ? "it is a folder" : String.valueOf(ex.getMessage())), ex);
	}

	/** Never with the passphrase. */
	@Override
	public String toString() {
		return this.path.toString();
	}

	/** Takes everything, and keeps nothing. */
	static class Look implements BackupReader.Visitor {

		final BackupProgress progress;

		private @Nullable Heading heading;

		private int tables;

		Look(BackupProgress progress) {
			this.progress = progress;
		}

		@Override
		public void heading(Heading heading) {
			if (heading.format() > Heading.FORMAT) {
				throw Problem.work(
						"The backup was written by a newer Herald (%s, of %s), in a form that this one does not know. Restore it with that version."
							.formatted(heading.herald(), heading.madeAt()));
			}
			this.heading = heading;
		}

		@Override
		public void table(TableHeading heading, BackupReader.Rows rows) throws IOException {
			this.progress.table(heading.table());
			while (rows.next() != null) {
				this.progress.row();
			}
			this.tables++;
		}

		@Override
		public void keys(Map<Integer, byte[]> keys) {
			// Compared with their table when they are restored.
		}

		Heading heading() {
			return Objects.requireNonNull(this.heading);
		}

	}

}
