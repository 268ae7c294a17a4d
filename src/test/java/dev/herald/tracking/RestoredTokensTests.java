package dev.herald.tracking;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.herald.backup.Backup;
import dev.herald.backup.BackupFile;
import dev.herald.backup.BackupProgress;
import dev.herald.backup.Restore;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands in mails that were sent before a backup (links, addresses of bounces,
 * numbers of messages) is read by the installation that was restored from it.
 */
class RestoredTokensTests {

	private static final DeliveryKey DELIVERY = new DeliveryKey(3, 1_000_000);

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path folder;

	/** Into another kind of database, and with the keys in a file or in the table. */
	static Stream<Arguments> ways() {
		return Stream.of(Arguments.of(TestDatabase.H2, TestDatabase.MYSQL, false, false),
				Arguments.of(TestDatabase.MYSQL, TestDatabase.H2, true, true),
				Arguments.of(TestDatabase.H2, TestDatabase.H2, true, false),
				Arguments.of(TestDatabase.H2, TestDatabase.H2, false, true));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void everyTokenOfAMailSentBeforeIsRead(TestDatabase from, TestDatabase to, boolean fromFile, boolean toFile) {
		Map<TokenPurpose, String> sent = new EnumMap<>(TokenPurpose.class);
		Path file = this.folder.resolve("backup.zip");
		try (TestDatabase.Opened first = from.open(); TestHerald herald = herald(first, fromFile, "first")) {
			Tokens tokens = herald.get(Tokens.class);
			Arrays.stream(TokenPurpose.values())
				.forEach((purpose) -> sent.put(purpose, tokens.write(purpose, DELIVERY)));
			herald.get(Backup.class).write(file, false, null, new BackupProgress());
		}
		try (TestDatabase.Opened second = to.open()) {
			try (TestHerald herald = herald(second, toFile, "second")) {
				herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress());
			}
			// As a server does that is started behind the command.
			try (TestHerald server = herald(second, toFile, "second")) {
				Tokens tokens = server.get(Tokens.class);
				sent.forEach((purpose, token) -> assertThat(tokens.read(purpose, token)).as(purpose.name())
					.contains(DELIVERY));
				assertThat(tokens.read(TokenPurpose.UNSUBSCRIBE, sent.getOrDefault(TokenPurpose.UNDO, ""))).isEmpty();
			}
		}
	}

	private TestHerald herald(TestDatabase.Opened database, boolean inFile, String name) {
		return inFile ? TestHerald.on(database, "herald.signing-keys-file=" + this.folder.resolve(name + ".keys"))
				: TestHerald.on(database);
	}

}
