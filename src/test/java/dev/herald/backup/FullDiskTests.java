package dev.herald.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.herald.chaos.FullDisk;
import dev.herald.chaos.OwnMariaDb;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The disk is full while a backup is written, or brought back. */
class FullDiskTests {

	private static final int MANY = 20_000;

	/** Of the MySQL-protocol server, in MiB; its empty tables take a third. */
	private static final int ROOM = 32;

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

	@Test
	void anH2FileWhoseDiskIsFullIsEmptyAfterARestoreThatFailed() throws Exception {
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
			JdbcClient jdbc = JdbcClient.create(herald.get(DataSource.class));
			assertThat(jdbc.sql("SELECT COUNT(*) FROM subscriber").query(Integer.class).single()).isZero();
			herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress());
			assertThat(jdbc.sql("SELECT COUNT(*) FROM subscriber").query(Integer.class).single()).isEqualTo(5);
		}
	}

	/**
	 * The tables share a file that may not grow, and others have filled it: the server
	 * says what it says on a full disk.
	 */
	@Test
	void aMySqlServerWhoseDiskIsFullSaysSoAndIsEmptyAndWithRoomItTakesTheBackup() throws Exception {
		Path file = backupOfMany();
		try (OwnMariaDb server = OwnMariaDb.start(this.folder, "--innodb-file-per-table=0",
				"--innodb-data-file-path=ibdata1:12M:autoextend:max:%dM".formatted(ROOM));
				TestHerald herald = TestHerald.on(server.url("herald"))) {
			DataSource dataSource = herald.get(DataSource.class);
			JdbcClient jdbc = JdbcClient.create(dataSource);
			assertThat(jdbc.sql("SELECT COUNT(*) FROM subscriber").query(Integer.class).single()).isZero();
			fill(jdbc);
			Restore restore = herald.get(Restore.class);
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> restore.run(new BackupFile(file, null), new BackupProgress()))
				.withMessageMatching("The backup was not restored: the database failed at the table subscriber: "
						+ ".*The table 'subscriber' is full\\. It is empty, as before\\. "
						+ "Its disk is full, or its files may not grow any more: make room for it, then restore again\\.")
				.satisfies((problem) -> assertThat(problem.kind()).isEqualTo(Problem.Kind.WORK));
			FilledTables.dump(dataSource).forEach((table, rows) -> assertThat(rows).as(table).isEmpty());
			jdbc.sql("DROP DATABASE other").update();
			// The server gives the room of a table back some time after it is gone.
			await().atMost(Duration.ofSeconds(60))
				.pollDelay(Duration.ZERO)
				.ignoreExceptionsInstanceOf(Problem.class)
				.until(() -> restore.run(new BackupFile(file, null), new BackupProgress()).held() == 4);
			assertThat(jdbc.sql("SELECT COUNT(*) FROM subscriber").query(Integer.class).single()).isEqualTo(5 + MANY);
		}
	}

	/** Some megabytes of rows, where the five of each other table take no new page. */
	private Path backupOfMany() throws Exception {
		Path file = this.folder.resolve("many.zip");
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = TestHerald.on(database)) {
			FilledTables.fill(database.dataSource());
			database.jdbc().sql("""
					INSERT INTO subscriber (id, address, match_key, name, created_at)
					SELECT 10 + X, CONCAT('reader', X, '@example.org'), CONCAT('reader', X, '@example.org'),
					REPEAT('x', 200), '2026-01-01 00:00:00'
					FROM SYSTEM_RANGE(1, ?)
					""").param(MANY).update();
			RoundTripTests.write(herald, file, null);
		}
		return file;
	}

	/**
	 * By rows that fit into a page: when a long text meets the end of the file, MariaDB
	 * 11.4 has no room to take it back, and ends itself.
	 */
	private static void fill(JdbcClient jdbc) {
		jdbc.sql("CREATE DATABASE other").update();
		jdbc.sql("CREATE TABLE other.filling (id INT AUTO_INCREMENT PRIMARY KEY, octets VARCHAR(1000))").update();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> {
			for (int i = 0; i < ROOM; i++) {
				jdbc.sql("INSERT INTO other.filling (octets) SELECT REPEAT('x', 1000) FROM seq_1_to_1000").update();
			}
		}).withStackTraceContaining("is full");
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
