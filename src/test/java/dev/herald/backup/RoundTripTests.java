package dev.herald.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.delivery.Sends;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a backup holds, a restore brings back, on whichever database. */
class RoundTripTests {

	@TempDir
	private Path folder;

	static Stream<Arguments> pairs() {
		return Stream.of(TestDatabase.values())
			.flatMap((from) -> Stream.of(TestDatabase.values()).map((to) -> Arguments.of(from, to)));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void everyRowOfEveryTableComesBack(TestDatabase from, TestDatabase to) throws Exception {
		Path file = this.folder.resolve("all.zip");
		try (TestDatabase.Opened first = from.open(); TestDatabase.Opened second = to.open()) {
			FilledTables.fill(first.dataSource());
			try (TestHerald herald = herald(first)) {
				write(herald, file, null);
			}
			try (TestHerald herald = herald(second)) {
				RestoreSummary restored = herald.get(Restore.class)
					.run(new BackupFile(file, null), new BackupProgress());
				assertThat(restored.held()).isEqualTo(4);
				assertThat(restored.notices()).isEqualTo(2);
				assertThat(herald.get(Sends.class).unfinished()).hasSize(4)
					.allSatisfy((send) -> assertThat(send.reason()).asString()
						.startsWith("Restored from the backup of 20")
						.contains(" Before that: "))
					.anySatisfy(
							(send) -> assertThat(Objects.requireNonNull(send.reason()).in(Locale.SIMPLIFIED_CHINESE))
								.startsWith("从 20")
								.endsWith("此前的原因：暂停者：ann"));
			}
			assertSame(FilledTables.dump(first.dataSource()), FilledTables.dump(second.dataSource()));
			second.jdbc()
				.sql("INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces) VALUES (9, 9, 'x', '', 1)")
				.update();
			assertThat(second.jdbc().sql("SELECT MAX(id) FROM bounce_wave").query(Integer.class).single()).isEqualTo(6);
		}
	}

	private static void assertSame(Map<String, List<String>> before, Map<String, List<String>> after) {
		assertThat(after.keySet()).isEqualTo(before.keySet());
		before.forEach((table, rows) -> {
			assertThat(rows).as(table).hasSizeGreaterThanOrEqualTo(5);
			List<String> there = new ArrayList<>(after.get(table));
			switch (table) {
				case "send", "notice" -> assertThat(there).as(table).hasSize(5).contains(rows.get(4));
				case "audit_entry", "audit_field" -> assertThat(there).as(table).containsAll(rows.subList(0, 5));
				default -> assertThat(there).as(table).isEqualTo(rows);
			}
		});
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void everyTableIsInTheBackupOrLeftOutByNameForAReason(TestDatabase kind) throws Exception {
		try (TestDatabase.Opened database = kind.open();
				Connection connection = database.dataSource().getConnection()) {
			Set<String> all = Set.copyOf(database.jdbc().sql("""
					SELECT LOWER(TABLE_NAME) FROM INFORMATION_SCHEMA.TABLES
					WHERE TABLE_SCHEMA = SCHEMA() AND TABLE_TYPE = 'BASE TABLE'
					""").query(String.class).list());
			Set<String> held = Tables.of(connection).stream().map(Table::name).collect(Collectors.toSet());
			assertThat(held).contains("subscriber", "delivery", "signing_key", "audit_entry").hasSizeGreaterThan(40);
			assertThat(all).allMatch((table) -> held.contains(table) != Tables.LEFT_OUT.containsKey(table));
		}
	}

	/** Numbers of rows that are gone are in links: none is given twice. */
	@ParameterizedTest
	@MethodSource("pairs")
	void numbersOfRowsThatAreGoneAreNotGivenAgain(TestDatabase from, TestDatabase to) {
		Path file = this.folder.resolve("all.zip");
		String wave = "INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces) VALUES (?, 1, 'x', '', 1)";
		try (TestDatabase.Opened first = from.open(); TestDatabase.Opened second = to.open()) {
			for (int send = 1; send <= 7; send++) {
				first.jdbc().sql(wave).param(send).update();
			}
			first.jdbc().sql("DELETE FROM bounce_wave WHERE id > 2").update();
			try (TestHerald herald = herald(first)) {
				write(herald, file, null);
			}
			try (TestHerald herald = herald(second)) {
				herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress());
			}
			second.jdbc().sql(wave).param(8).update();
			assertThat(second.jdbc().sql("SELECT MAX(id) FROM bounce_wave").query(Integer.class).single())
				.isGreaterThanOrEqualTo(8);
		}
	}

	/**
	 * Two tables of which each transaction writes both: a backup never has them apart.
	 */
	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void aBackupIsOfOneMomentWhileOthersWrite(TestDatabase kind) throws Exception {
		try (TestDatabase.Opened database = kind.open(); TestHerald herald = herald(database)) {
			Writer writer = new Writer(database);
			Thread thread = new Thread(writer);
			thread.start();
			try {
				for (int i = 0; i < 5; i++) {
					int seen = writer.written;
					while (writer.written < seen + 20) {
						Thread.onSpinWait();
					}
					Path file = this.folder.resolve(i + ".zip");
					write(herald, file, null);
					Count count = new Count();
					new BackupFile(file, null).read(count);
					assertThat(count.agreements).isPositive().isEqualTo(count.minutes);
				}
			}
			finally {
				writer.over = true;
				thread.join();
			}
		}
	}

	@Test
	void aSealedBackupNeedsItsPassphrase() throws Exception {
		Path file = this.folder.resolve("sealed");
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = herald(database)) {
			FilledTables.fill(database.dataSource());
			assertThat(write(herald, file, "correct horse battery").sealed()).isTrue();
		}
		assertThat(new BackupFile(file, "correct horse battery").verify(new BackupProgress()).rows())
			.isGreaterThan(200);
		assertProblem(file, null, "is encrypted. Give its passphrase");
	}

	@Test
	void aSealedBackupThatWasChangedOrIsSomebodyElsesIsNotRead() throws Exception {
		Path plain = this.folder.resolve("plain.zip");
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = herald(database)) {
			FilledTables.fill(database.dataSource());
			write(herald, plain, null);
		}
		Path file = this.folder.resolve("sealed");
		byte[] whole = sealed(Files.readAllBytes(plain));
		Files.write(file, whole);
		assertThat(new BackupFile(file, "correct horse battery").verify(new BackupProgress()).rows())
			.isGreaterThan(200);
		assertProblem(file, "correct horse batterY", "the passphrase is another one, or the file was changed");
		Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
		assertProblem(file, "correct horse battery", "or cut off");
		whole[whole.length / 2] ^= 1;
		Files.write(file, whole);
		assertProblem(file, "correct horse battery", "the file was changed");
	}

	/**
	 * With a key of a thousand rounds, as a file may say it has: 600,000 take seconds.
	 */
	private static byte[] sealed(byte[] plain) throws IOException {
		byte[] header = ByteBuffer.allocate(Seal.HEADER).put(Seal.MARK).putInt(1_000).array();
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (SealedOutput out = new SealedOutput(file, Seal.of(header, "correct horse battery"))) {
			out.write(plain);
		}
		return file.toByteArray();
	}

	private static void assertProblem(Path file, @Nullable String passphrase, String words) {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> new BackupFile(file, passphrase).verify(new BackupProgress()))
			.withMessageContaining(words);
	}

	@Test
	void onlyItsOwnerCanReadItAndAFileThatIsThereIsKept() throws Exception {
		assumeTrue(Files.getFileStore(this.folder).supportsFileAttributeView("posix"));
		Path file = this.folder.resolve("b.zip");
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = herald(database)) {
			write(herald, file, null);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> write(herald, file, null))
				.withMessageContaining("is there already, and was left as it is");
			herald.get(Backup.class).write(file, true, null, new BackupProgress());
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> write(herald, this.folder, null))
				.withMessageContaining("is a folder");
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> write(herald, this.folder.resolve("no/where.zip"), null))
				.withMessageContaining("There is no folder");
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> write(herald, this.folder.resolve("c.zip"), "short"))
				.withMessageContaining("too short");
			try (Stream<Path> left = Files.list(this.folder)) {
				assertThat(left).containsExactly(file);
			}
		}
	}

	static BackupSummary write(TestHerald herald, Path file, @Nullable String passphrase) {
		return herald.get(Backup.class).write(file, false, passphrase, new BackupProgress());
	}

	private TestHerald herald(TestDatabase.Opened database) {
		return TestHerald.on(database);
	}

	/** Adds a row to each of two tables in one transaction, again and again. */
	private static final class Writer implements Runnable {

		private final TestDatabase.Opened database;

		private volatile int written;

		private volatile boolean over;

		Writer(TestDatabase.Opened database) {
			this.database = database;
		}

		@Override
		public void run() {
			for (int n = 1; !this.over; n++) {
				int number = n;
				this.database.transactions().executeWithoutResult((status) -> {
					this.database.jdbc()
						.sql("INSERT INTO agreement VALUES (?, '', '2026-01-01 00:00:00')")
						.param(Integer.toString(number))
						.update();
					this.database.jdbc().sql("INSERT INTO send_minute VALUES (?, 1, 1)").param(number).update();
				});
				this.written = n;
			}
		}

	}

	private static final class Count implements BackupReader.Visitor {

		private int agreements;

		private int minutes;

		@Override
		public void heading(Heading heading) {
			// Not what is counted.
		}

		@Override
		public void table(TableHeading heading, BackupReader.Rows rows) throws java.io.IOException {
			int count = 0;
			while (rows.next() != null) {
				count++;
			}
			switch (heading.table()) {
				case "agreement" -> this.agreements = count;
				case "send_minute" -> this.minutes = count;
				default -> {
					// Not what is counted.
				}
			}
		}

		@Override
		public void keys(Map<Integer, byte[]> keys) {
			// Not what is counted.
		}

	}

}
