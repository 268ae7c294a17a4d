package dev.herald.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands backup and restore; what they do is tested beside what does it. */
class BackupCommandTests extends CommandTest {

	@Test
	void anInstallationIsWrittenLookedThroughAndBroughtBack() throws Exception {
		newsletter("weekly");
		Path file = folder().resolve("b.zip");
		Path passphrase = write("passphrase", "correct horse battery\n");

		Result written = run("backup", file.toString(), "--passphrase-file", passphrase.toString());
		assertThat(written.exitCode()).as(written.err()).isZero();
		assertThat(written.out()).startsWith("Written: ").endsWith(", encrypted.\n");
		assertThat(run("audit").out()).contains("backup.written  b.zip").contains("encrypted: true");

		Result verified = execute("backup", "--verify", file.toString(), "--passphrase-file", passphrase.toString());
		assertThat(verified.out()).startsWith("Whole: a backup of ").contains(" by Herald ");

		Result restored = elsewhere("restore", file.toString(), "--passphrase-file", passphrase.toString());
		assertThat(restored.exitCode()).as(restored.err()).isZero();
		assertThat(restored.out()).startsWith("Restored: ").contains("must not send any more");

		Result again = run("restore", file.toString(), "--passphrase-file", passphrase.toString());
		assertThat(again.exitCode()).isEqualTo(1);
		assertThat(again.err()).contains("The database is not empty");
	}

	@Test
	void whatIsNoBackupIsASentenceAndAnExitCode() throws Exception {
		Path file = write("x", "x");
		Result none = execute("backup", "--verify", file.toString());
		assertThat(none.exitCode()).isEqualTo(1);
		assertThat(none.err()).contains("x is no whole backup of Herald: it does not begin as one.");
		Result empty = execute("backup", "--verify", file.toString(), "--passphrase-file",
				Files.writeString(folder().resolve("empty"), "\n").toString());
		assertThat(empty.exitCode()).isEqualTo(2);
		assertThat(empty.err()).contains("The first line of").contains("is empty");
	}

	/** On a database of its own. */
	private Result elsewhere(String... words) {
		String[] all = java.util.Arrays.copyOf(words, words.length + 2);
		all[words.length] = "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()
				+ ";MODE=MySQL;DB_CLOSE_DELAY=-1";
		all[words.length + 1] = "--herald.data-dir=" + folder().resolve("elsewhere");
		return execute(all);
	}

}
