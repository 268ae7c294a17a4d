package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** After a restore every unfinished send is held. */
class ContinuityTests {

	@TempDir
	private Path folder;

	@Test
	void anH2FileThatIsCopiedBackAfterASendHoldsIt() throws IOException {
		String url = "jdbc:h2:file:" + this.folder.resolve("herald") + ";MODE=MySQL;WRITE_DELAY=0";
		Path file = this.folder.resolve("herald.mv.db");
		Path backup = this.folder.resolve("backup");
		int sendId;
		try (TestHerald herald = on(url, this.folder)) {
			sendId = schedule(herald).id();
		}
		Files.copy(file, backup);
		try (TestHerald herald = on(url, this.folder)) {
			assertThat(herald.get(SendRunner.class).run(sendId)).isInstanceOf(SendRunner.RunResult.Finished.class);
		}
		Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);

		try (TestHerald herald = on(url, this.folder)) {
			assertThat(herald.get(SendRunner.class).run(sendId)).isInstanceOf(SendRunner.RunResult.Stopped.class);

			Send held = herald.get(Sends.class).byId(sendId);
			assertThat(held.status()).isEqualTo(SendStatus.HELD);
			assertThat(held.reason()).asString()
				.startsWith("The database was restored from a backup")
				.contains("Compare the ledger with the relay's log");
			herald.get(SendDecisions.class).resume(sendId);
			assertThat(herald.get(SendRunner.class).run(sendId)).as("once, and then a person has decided")
				.isInstanceOf(SendRunner.RunResult.Finished.class);
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void aRestoredDatabaseHoldsAllThatIsUnfinishedAndTakesItFromItsOwner(TestDatabase kind) {
		try (TestDatabase.Opened database = kind.open(); TestHerald herald = on(database.url(), this.folder)) {
			Send send = schedule(herald);
			int paused = scheduleAnother(herald, "two").id();
			herald.get(SendDecisions.class).pause(paused, "ann@example.org");
			int done = scheduleAnother(herald, "three").id();
			herald.get(SendRunner.class).run(done);
			database.jdbc()
				.sql("UPDATE send SET status = 'RUNNING', owner = 'host pid 7', owned_until = '2099-01-01 00:00:00' WHERE id = ?")
				.param(send.id())
				.update();
			goBack(database.jdbc(), 1);

			herald.get(Continuity.class).beat();

			assertThat(herald.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.HELD);
			assertThat(herald.get(SendStore.class).owner(send.id())).isNull();
			assertThat(herald.get(Sends.class).byId(paused).reason()).asString()
				.startsWith("The database was restored")
				.endsWith("Before that: Paused by ann@example.org");
			assertThat(herald.get(Sends.class).byId(done).status()).isEqualTo(SendStatus.DONE);
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void whoeverNoticesFirstSpeaksForAllServersAndTheDecisionStands(TestDatabase kind) {
		try (TestDatabase.Opened database = kind.open();
				TestHerald one = on(database.url(), this.folder.resolve("one"));
				TestHerald two = on(database.url(), this.folder.resolve("two"))) {
			Send send = schedule(one);
			two.get(Continuity.class).beat();
			one.get(Continuity.class).beat();
			two.get(Continuity.class).beat();
			goBack(database.jdbc(), 1);

			one.get(Continuity.class).beat();
			assertThat(one.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.HELD);
			one.get(SendDecisions.class).resume(send.id());
			two.get(Continuity.class).beat();

			assertThat(one.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.SCHEDULED);
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void aNewDataFolderIsTrustedWhileAnotherProcessBeatsAndNotAfterALongSilence(TestDatabase kind) {
		try (TestDatabase.Opened database = kind.open();
				TestHerald herald = on(database.url(), this.folder.resolve("one"))) {
			Send send = schedule(herald);
			try (TestHerald beside = on(database.url(), this.folder.resolve("two"))) {
				beside.get(Continuity.class).check();
				assertThat(herald.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.SCHEDULED);
			}
			database.jdbc().sql("UPDATE installation SET beat_at = '2026-11-01 00:00:00'").update();
			try (TestHerald moved = on(database.url(), this.folder.resolve("three"))) {
				moved.get(Continuity.class).check();
				Send held = herald.get(Sends.class).byId(send.id());
				assertThat(held.status()).isEqualTo(SendStatus.HELD);
				assertThat(held.reason()).asString()
					.startsWith("This machine has no memory of the database")
					.contains("three/" + WitnessFile.NAME + " is missing");
			}
		}
	}

	@Test
	void theFolderOfAnotherDatabaseIsNoWitness() {
		try (TestDatabase.Opened first = TestDatabase.H2.open(); TestDatabase.Opened second = TestDatabase.H2.open()) {
			try (TestHerald herald = on(first.url(), this.folder.resolve("one"))) {
				schedule(herald);
			}
			try (TestHerald herald = on(second.url(), this.folder.resolve("two"))) {
				schedule(herald);
			}
			try (TestHerald herald = on(second.url(), this.folder.resolve("one"))) {
				herald.get(Continuity.class).check();
				assertThat(herald.get(Sends.class).unfinished()).singleElement()
					.satisfies((send) -> assertThat(send.reason()).asString()
						.startsWith("The data folder is another database's"));
			}
		}
	}

	@Test
	void aDataFolderThatWasCopiedBackWithItsDatabaseIsNoticed() throws IOException {
		assumeTrue(Files.getFileStore(this.folder).supportsFileAttributeView("posix"), "no st_ctime on this platform");
		try (TestDatabase.Opened database = TestDatabase.H2.open()) {
			try (TestHerald herald = on(database.url(), this.folder)) {
				schedule(herald);
			}
			// As a backup of an hour ago has it: the same beat, and a time at which this
			// file
			// was not written.
			Path witness = this.folder.resolve(WitnessFile.NAME);
			String hourAgo = "written=" + Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
			Files.writeString(witness, Files.readString(witness).replaceAll("written=\\d+", hourAgo));

			try (TestHerald herald = on(database.url(), this.folder)) {
				herald.get(Continuity.class).check();
				assertThat(herald.get(Sends.class).unfinished()).singleElement()
					.satisfies((send) -> assertThat(send.reason()).asString()
						.startsWith("The data folder was restored or copied"));
			}
			try (TestHerald herald = on(database.url(), this.folder)) {
				herald.get(SendDecisions.class).resume(1);
				herald.get(Continuity.class).check();
				assertThat(herald.get(Sends.class).byId(1).status()).isEqualTo(SendStatus.SCHEDULED);
			}
		}
	}

	@Test
	void aWitnessThatCantBeReadCountsAsAbsentAndIsWrittenAnew() throws IOException {
		Files.writeString(this.folder.resolve(WitnessFile.NAME), "beat=seven\ninstallation=x\n");
		try (TestDatabase.Opened database = TestDatabase.H2.open();
				TestHerald herald = on(database.url(), this.folder)) {
			schedule(herald);
			assertThat(new WitnessFile(this.folder).read().orElseThrow().beat()).isPositive();
		}
	}

	@Test
	void theWitnessNeverGoesBackWithinAnInstallation() {
		WitnessFile file = new WitnessFile(this.folder);
		file.raise(new Witness("a", 7, false));
		file.raise(new Witness("a", 5, false));
		assertThat(file.read()).contains(new Witness("a", 7, false));
		file.raise(new Witness("b", 1, false));
		assertThat(file.read()).contains(new Witness("b", 1, false));
	}

	@Test
	void aDataFolderThatCantBeWrittenIsNamedBeforeAnythingIsSent() throws IOException {
		Path closed = Files.writeString(this.folder.resolve("closed"), "a file where the folder should be");
		try (TestDatabase.Opened database = TestDatabase.H2.open(); TestHerald herald = on(database.url(), closed)) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(herald))
				.withMessageContaining(closed.resolve(WitnessFile.NAME).toString())
				.withMessageContaining("herald.data-dir");
			assertThat(herald.get(Sends.class).unfinished()).isEmpty();
		}
	}

	private static void goBack(JdbcClient jdbc, int beat) {
		jdbc.sql("UPDATE installation SET beat_count = ?").param(beat).update();
	}

	private static TestHerald on(String url, Path dataDir) {
		return TestHerald.on(url, "herald.data-dir=" + dataDir);
	}

	private static Send schedule(TestHerald herald) {
		herald.newsletter("weekly", 3);
		return scheduleAnother(herald, "one");
	}

	private static Send scheduleAnother(TestHerald herald, String slug) {
		Issue issue = herald.issue(herald.get(Newsletters.class).require("weekly"), slug);
		return herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test");
	}

}
