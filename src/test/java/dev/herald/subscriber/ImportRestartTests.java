package dev.herald.subscriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An import is broken off, and run again: it counts and does what one run would. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ImportRestartTests {

	private static final int ROWS = 1000;

	private static final Newsletter WEEKLY = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private final TestDatabase.Opened database;

	@TempDir
	private Path folder;

	ImportRestartTests(TestDatabase database) {
		this.database = database.open();
		this.database.jdbc().sql("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'N', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
				""").update();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whatWasBrokenOffAtAnyCommitGoesOnWithoutDoubles() throws IOException {
		Path list = list();
		FailingCommits commits = new FailingCommits(this.database);
		SubscriberImport imports = TestImports.on(this.database, commits, Clock.systemUTC(), 100);
		ImportPlan plan = imports.plan(list, WEEKLY, this.folder.resolve("rejects.csv"));
		ImportResult whole = imports.check(plan, new ImportProgress()).orElseThrow();
		int broken = 0;
		List<String> failures = new ArrayList<>();
		Optional<ImportResult> result = Optional.empty();
		for (int after = 0; result.isEmpty() && after < 20; after++) {
			commits.failAfter(after);
			try {
				result = imports.run(plan, new ImportProgress());
			}
			catch (RuntimeException ex) {
				broken++;
				failures.add(String.valueOf(ex));
				commits.failAfter(Integer.MAX_VALUE);
				assertThat(count("consent")).as("both or neither").isEqualTo(count("subscription"));
			}
		}
		assertThat(result).as(failures.toString()).isPresent();
		assertThat(broken).isGreaterThan(2);
		assertThat(result.orElseThrow()).usingRecursiveComparison().ignoringFields("firstRejections").isEqualTo(whole);
		assertThat(count("subscription")).isEqualTo(ROWS);
		assertThat(count("consent")).isEqualTo(ROWS);
		assertThat(Files.readAllLines(this.folder.resolve("rejects.csv"))).hasSize(3);
	}

	@Test
	void whatWasStoppedGoesOnInAnotherProcess() throws Exception {
		Path list = list();
		SubscriberImport imports = TestImports.on(this.database, this.database.transactionManager(), Clock.systemUTC(),
				1);
		ImportPlan plan = imports.plan(list, WEEKLY, this.folder.resolve("rejects.csv"));
		ImportProgress progress = new ImportProgress();
		CompletableFuture<Optional<ImportResult>> running = CompletableFuture
			.supplyAsync(() -> imports.run(plan, progress));
		Awaitility.await().until(() -> count("consent") > 3);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> imports.run(plan, new ImportProgress()))
			.withMessageContaining("under way already");
		progress.stop();
		assertThat(running.get(30, TimeUnit.SECONDS)).isEmpty();
		int before = count("consent");
		assertThat(before).isBetween(4, ROWS - 1);
		ImportResult result = TestImports.on(this.database, Clock.systemUTC())
			.run(plan, new ImportProgress())
			.orElseThrow();
		assertThat(result.added()).isEqualTo(ROWS);
		assertThat(result.duplicates()).isEqualTo(1);
		assertThat(result.rejected()).isEqualTo(2);
		assertThat(count("consent")).isEqualTo(ROWS);
	}

	@Test
	void whatADeadProcessLeftIsGoneOnWithAtOnce() throws IOException {
		Path list = list();
		SubscriberImport imports = TestImports.on(this.database, Clock.systemUTC());
		ImportPlan plan = imports.plan(list, WEEKLY, this.folder.resolve("rejects.csv"));
		imports.run(plan, new ImportProgress());
		this.database.jdbc().sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL").update();
		this.database.jdbc().sql("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL").update();
		assertThat(imports.run(plan, new ImportProgress()).orElseThrow().added()).isEqualTo(ROWS);
		assertThat(count("consent")).isEqualTo(ROWS);
	}

	@Test
	void nobodyWorksBesideAProcessThatLives() throws IOException {
		Path list = list();
		SubscriberImport imports = TestImports.on(this.database, Clock.systemUTC());
		ImportPlan plan = imports.plan(list, WEEKLY, this.folder.resolve("rejects.csv"));
		imports.run(plan, new ImportProgress());
		this.database.jdbc().sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL").update();
		this.database.jdbc()
			.sql("UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_VALUE = 'elsewhere 1' WHERE PARAMETER_NAME = 'owner'")
			.update();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> imports.run(plan, new ImportProgress()))
			.withMessageContaining("another process (elsewhere 1)");
	}

	private Path list() throws IOException {
		return Files.writeString(this.folder.resolve("list.csv"),
				"email\nnobody\n" + IntStream.range(0, ROWS)
					.mapToObj((i) -> "reader" + i + "@example.org\n")
					.collect(Collectors.joining()) + "reader5@example.org\nnobody\n");
	}

	private int count(String table) {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
	}

	/** Breaks a connection off where a chunk would be committed. */
	private static final class FailingCommits extends JdbcTransactionManager {

		private int left = Integer.MAX_VALUE;

		FailingCommits(TestDatabase.Opened database) {
			super(database.dataSource());
			setRollbackOnCommitFailure(true);
		}

		void failAfter(int commits) {
			this.left = commits;
		}

		private static boolean isChunk() {
			return Objects.equals(TransactionSynchronizationManager.getCurrentTransactionIsolationLevel(),
					TransactionDefinition.ISOLATION_READ_COMMITTED);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			if (isChunk() && this.left-- <= 0) {
				this.left = Integer.MAX_VALUE;
				throw new IllegalStateException("the cable is cut");
			}
			super.doCommit(status);
		}

	}

}
