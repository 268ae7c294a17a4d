package dev.herald.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import dev.herald.digest.Sha256;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a restore refuses, and that it leaves the database empty then. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RestoreTests {

	@TempDir
	private Path folder;

	private final TestDatabase kind;

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	RestoreTests(TestDatabase kind) {
		this.kind = kind;
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	@Test
	void aFileThatIsNoWholeBackupIsRefusedBeforeAnythingIsWritten() throws Exception {
		Map<String, byte[]> good = entries(backup());
		refused(Files.writeString(this.folder.resolve("text"),
				"Not a backup at all, but long enough to look like one."), "it does not begin as one");
		refused(Files.write(this.folder.resolve("empty"), new byte[0]), "it does not begin as one");
		refused(this.folder, "it is a folder");
		refused(this.folder.resolve("nowhere"), "There is no file");
		byte[] whole = Files.readAllBytes(backup());
		refused(Files.write(this.folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2)), "it breaks off");
		refused(zip(without(good, "contents.json")), "it breaks off");
		refused(zip(without(good, "tables/subscriber.jsonl")), "a checksum or a number of rows differs");
		refused(zip(with(good, "tables/agreement.jsonl", (text) -> text.replace("José", "Jose"))),
				"a checksum or a number of rows differs");
		refused(zip(with(good, "tables/agreement.jsonl", (text) -> text + "\n[\"x")), "not the JSON of a backup");
		refused(zip(with(good, "tables/agreement.jsonl", (text) -> text + "\n[1]")), "of another kind");
		refused(zip(with(good, "tables/agreement.jsonl", (text) -> text + "\n{}")), "not the columns of its table");
		refused(zip(with(good, "tables/send_minute.jsonl", (text) -> text + "\n[1,2,3,4]")),
				"not the columns of its table");
		refused(zip(with(good, "tables/agreement.jsonl", (text) -> "")), "not the JSON of a backup");
		refused(zip(renamed(good, "tables/agreement.jsonl", "../../etc/passwd")), "an entry that no backup has");
		refused(zip(renamed(good, "tables/agreement.jsonl", "tables/passwords.jsonl")), "the heading of another");
		refused(zip(with(good, "tables/agreement.jsonl", (text) -> text.replace("\"sha256\"", "\"secret\""))),
				"has other columns in the table agreement");
		refused(zip(with(good, "backup.json", (text) -> text.replace("\"format\":1", "\"format\":2"))),
				"written by a newer Herald");
		refused(zip(with(good, "backup.json", (text) -> text.replaceAll("\"schema\":\\d+", "\"schema\":1"))),
				"the tables of an older Herald");
		assertEmpty();
	}

	@Test
	void aRowThatIsLongerThanAnyIsNotRead() throws Exception {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
			zip.putNextEntry(new ZipEntry("backup.json"));
			byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < 100; i++) {
				zip.write(spaces);
			}
			zip.closeEntry();
		}
		refused(Files.write(this.folder.resolve("bomb"), bomb.toByteArray()), "longer than any row can be");
	}

	/** Its checksums are right, so that only the database can tell. */
	@Test
	void aFailureInItsMidstLeavesTheDatabaseEmptyAndTheNextTryWorks() throws Exception {
		Path good = backup();
		Map<String, byte[]> entries = entries(good);
		Map<String, byte[]> twice = with(entries, "tables/suppression.jsonl",
				(text) -> text + text.substring(text.lastIndexOf("\n[")));
		refused(zip(resealed(twice, "tables/suppression.jsonl", 6)), "the database failed at the table suppression");
		assertEmpty();
		this.herald.get(Restore.class).run(new BackupFile(good, null), new BackupProgress());
		assertThat(count("subscriber")).isEqualTo(5);
		refused(good, "The database is not empty");
		assertThat(count("audit_entry")).as("five, and the restore itself").isEqualTo(6);
	}

	@Test
	void aDatabaseOnWhichAServerWorksIsLeftAlone() throws Exception {
		Path file = backup();
		this.database.jdbc()
			.sql("INSERT INTO installation VALUES (1, 'x', 7, ?)")
			.param(dev.herald.schema.Utc.of(java.time.Instant.now()))
			.update();
		refused(file, "A server works on this database");
	}

	private Path backup() throws Exception {
		Path file = this.folder.resolve("good.zip");
		if (!Files.exists(file)) {
			try (TestDatabase.Opened from = TestDatabase.H2.open(); TestHerald of = TestHerald.on(from)) {
				FilledTables.fill(from.dataSource());
				RoundTripTests.write(of, file, null);
			}
		}
		return file;
	}

	private void refused(Path file, String words) {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress()))
			.withMessageContaining(words);
	}

	private void assertEmpty() throws Exception {
		FilledTables.dump(this.database.dataSource())
			.forEach((table, rows) -> assertThat(rows).as(table + " on " + this.kind).isEmpty());
	}

	private int count(String table) {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
	}

	private static Map<String, byte[]> entries(Path file) throws IOException {
		Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				entries.put(entry.getName(), zip.readAllBytes());
			}
		}
		return entries;
	}

	private Path zip(Map<String, byte[]> entries) throws IOException {
		Path file = this.folder.resolve("changed.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue());
				zip.closeEntry();
			}
		}
		return file;
	}

	private static Map<String, byte[]> without(Map<String, byte[]> entries, String name) {
		Map<String, byte[]> fewer = new LinkedHashMap<>(entries);
		fewer.remove(name);
		return fewer;
	}

	private static Map<String, byte[]> with(Map<String, byte[]> entries, String name,
			java.util.function.UnaryOperator<String> change) {
		Map<String, byte[]> other = new LinkedHashMap<>(entries);
		other.computeIfPresent(name,
				(same, content) -> FilledTables.utf8(change.apply(new String(content, StandardCharsets.UTF_8))));
		return other;
	}

	private static Map<String, byte[]> renamed(Map<String, byte[]> entries, String name, String newName) {
		Map<String, byte[]> other = new LinkedHashMap<>();
		entries.forEach((each, content) -> other.put(each.equals(name) ? newName : each, content));
		return other;
	}

	private static Map<String, byte[]> resealed(Map<String, byte[]> entries, String name, int rows) {
		String sha256 = Sha256.hex(Objects.requireNonNull(entries.get(name)));
		return with(entries, "contents.json",
				(text) -> text.replaceAll("\\{\"name\":\"" + name + "\",\"rows\":\\d+,\"sha256\":\"[0-9a-f]+\"}",
						"{\"name\":\"" + name + "\",\"rows\":" + rows + ",\"sha256\":\"" + sha256 + "\"}"));
	}

}
