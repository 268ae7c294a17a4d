package dev.herald.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.herald.chaos.FullDisk;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The disk is full while a backup is written, or brought back. */
class FullDiskTests {

	@TempDir
	private Path folder;

	@Test
	void whereverTheDiskIsFullNothingStandsUnderTheNameOfTheBackup() throws Exception {
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = TestHerald.on(database)) {
			FilledTables.fill(database.dataSource());
			long whole = size(herald);
			for (long room : new long[] { 0, 1, whole / 2, whole - 1 }) {
				refused(herald, room, null);
				refused(herald, room, "correct horse battery");
			}
			Path old = Files.writeString(this.folder.resolve("b.zip"), "the backup of yesterday");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> write(herald, old, true, whole / 2, null));
			assertThat(old).hasContent("the backup of yesterday");
			assertThat(left()).containsExactly(old);
		}
	}

	private long size(TestHerald herald) throws IOException {
		Path file = this.folder.resolve("whole.zip");
		RoundTripTests.write(herald, file, null);
		long size = Files.size(file);
		Files.delete(file);
		return size;
	}

	private void refused(TestHerald herald, long room, @Nullable String passphrase) throws IOException {
		Path file = this.folder.resolve("b.zip");
		assertThatExceptionOfType(Problem.class).as("%d octets", room)
			.isThrownBy(() -> write(herald, file, false, room, passphrase))
			.withMessage("The backup can't be written to %s: No space left on device. ".formatted(file)
					+ "Nothing is left of it there; mend that or name another place.")
			.satisfies((problem) -> assertThat(problem.kind()).isEqualTo(Problem.Kind.WORK));
		assertThat(left()).isEmpty();
	}

	private void write(TestHerald herald, Path file, boolean replace, long room, @Nullable String passphrase)
			throws IOException {
		Path draft = Files.createTempFile(this.folder, "b.zip.", ".part");
		try (DraftFile small = new SmallDisk(file, replace, draft, room)) {
			herald.get(Backup.class).write(file, small, passphrase, new BackupProgress());
		}
	}

	private Stream<Path> left() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.toList().stream();
		}
	}

	/** H2's files; MySQL keeps its own disk. */
	@Test
	void aDatabaseWhoseDiskIsFullIsEmptyAfterARestoreThatFailed() throws Exception {
		Path file = this.folder.resolve("good.zip");
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = TestHerald.on(database)) {
			FilledTables.fill(database.dataSource());
			RoundTripTests.write(herald, file, null);
		}
		String url = FullDisk.url(this.folder.resolve("herald"));
		try (TestHerald herald = TestHerald.on(url)) {
			FullDisk.fill();
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress()));
		}
		finally {
			FullDisk.free();
		}
		try (TestHerald herald = TestHerald.on(url)) {
			JdbcClient jdbc = JdbcClient.create(herald.get(javax.sql.DataSource.class));
			assertThat(jdbc.sql("SELECT COUNT(*) FROM subscriber").query(Integer.class).single()).isZero();
			herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress());
			assertThat(jdbc.sql("SELECT COUNT(*) FROM subscriber").query(Integer.class).single()).isEqualTo(5);
		}
	}

	/** Takes so many octets and no more. */
	private static final class SmallDisk extends DraftFile {

		private long room;

		SmallDisk(Path target, boolean replace, Path draft, long room) throws IOException {
			super(target, replace, draft);
			this.room = room;
		}

		@Override
		OutputStream out() {
			return new FilterOutputStream(super.out()) {
				@Override
				public void write(int octet) throws IOException {
					write(new byte[] { (byte) octet }, 0, 1);
				}

				@Override
				public void write(byte[] octets, int from, int length) throws IOException {
					SmallDisk.this.room -= length;
					if (SmallDisk.this.room < 0) {
						throw new IOException("No space left on device");
					}
					this.out.write(octets, from, length);
				}
			};
		}

	}

}
