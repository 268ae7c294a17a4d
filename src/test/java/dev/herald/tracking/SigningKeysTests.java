package dev.herald.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SigningKeysTests {

	private static final DeliveryKey DELIVERY = new DeliveryKey(1, 2);

	private final TestDatabase.Opened database;

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path folder;

	SigningKeysTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private Tokens start(@Nullable Path file) {
		return new Tokens(new SigningKeys(this.database.jdbc(), Clock.systemUTC(), new SigningKeysSetting(file)));
	}

	private static String sign(Tokens tokens) {
		return tokens.write(TokenPurpose.UNSUBSCRIBE, DELIVERY);
	}

	private String secretInTheTable() {
		return String.valueOf(this.database.jdbc()
			.sql("SELECT COUNT(*) FROM signing_key WHERE secret IS NOT NULL")
			.query(Integer.class)
			.single());
	}

	@Test
	void theFirstStartMakesAKeyAndTheNextOneUsesIt() {
		assertThat(sign(start(null))).isEqualTo(sign(start(null)));
		assertThat(secretInTheTable()).isEqualTo("1");
	}

	@Test
	void twoStartsAtOnceEndWithOneKey() throws Exception {
		assertThat(signedByManyAtOnce(null)).hasSize(1);
	}

	@Test
	void twoStartsAtOnceEndWithOneKeyInTheFile() throws Exception {
		assertThat(signedByManyAtOnce(this.folder.resolve("keys"))).hasSize(1);
		assertThat(this.folder).isDirectoryNotContaining("glob:**.new");
	}

	private List<String> signedByManyAtOnce(@Nullable Path file) throws Exception {
		int processes = 6;
		CyclicBarrier together = new CyclicBarrier(processes);
		Callable<String> process = () -> {
			together.await();
			return sign(start(file));
		};
		ExecutorService threads = Executors.newFixedThreadPool(processes);
		try {
			List<String> signed = new ArrayList<>();
			for (Future<String> result : threads.invokeAll(java.util.Collections.nCopies(processes, process))) {
				signed.add(result.get());
			}
			return signed.stream().distinct().toList();
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void aFileKeepsTheSecretOutOfTheDatabase() throws IOException {
		Path file = this.folder.resolve("new/keys");
		assertThat(sign(start(file))).isEqualTo(sign(start(file)));
		assertThat(secretInTheTable()).isEqualTo("0");
		assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "No POSIX permissions here");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	@Test
	void anAddedKeySignsAndTheOldOneStillReads() throws IOException {
		Path file = this.folder.resolve("keys");
		String old = sign(start(file));
		Files.writeString(file, Files.readString(file) + "# rotated\r\n2 " + secretOf('b') + "\r\n");
		Tokens tokens = start(file);
		assertThat(sign(tokens)).isNotEqualTo(old);
		assertThat(tokens.read(TokenPurpose.UNSUBSCRIBE, old)).contains(DELIVERY);
	}

	private static String secretOf(char c) {
		return Base64.getEncoder()
			.encodeToString(String.valueOf(c).repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
	}

	@Test
	void aMissingKeyRefusesToStart() throws IOException {
		Path file = this.folder.resolve("keys");
		start(file);
		Files.delete(file);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> start(file))
			.withMessageContaining("Signing key 1")
			.withMessageContaining("missing in " + file)
			.withMessageContaining("backup");
		assertThat(file).doesNotExist();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> start(null))
			.withMessageContaining("Set herald.signing-keys-file");
	}

	@Test
	void anotherKeyUnderTheSameIdRefusesToStart() throws IOException {
		Path file = this.folder.resolve("keys");
		start(file);
		Files.writeString(file, "1 " + secretOf('x') + "\n");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> start(file))
			.withMessageContaining("Signing key 1")
			.withMessageContaining("not the one");
		this.database.jdbc().sql("UPDATE signing_key SET secret = ?").param(new byte[32]).update();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> start(null)).withMessageContaining("signing_key");
	}

	@Test
	void aClumsyFileIsRefusedByItsLineWithoutShowingTheSecret() throws IOException {
		Path file = this.folder.resolve("keys");
		for (String line : List.of("1", "one " + secretOf('s'), "1 c2VjcmV0", "0 " + secretOf('s'),
				"256 " + secretOf('s'), "1 " + secretOf('s') + " more", "1 " + secretOf('s') + "\n1 " + secretOf('t'),
				"1 %%%")) {
			Files.writeString(file, "# keys\n" + line + "\n");
			assertThatExceptionOfType(Problem.class).as(line)
				.isThrownBy(() -> start(file))
				.withMessageContaining(file + ", line ")
				.satisfies((problem) -> assertThat(problem.getMessage()).doesNotContain("c2Vj", secretOf('s')));
		}
	}

}
