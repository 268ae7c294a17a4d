package dev.herald.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

import dev.herald.chaos.ChaosRun.Outcome;
import dev.herald.chaos.ChaosRun.Plan;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sending process dies at random moments while the relay misbehaves; in the end the
 * relay's own record is held against the ledger. -Dchaos.seed=N repeats what was drawn.
 */
class ChaosTests {

	private static final int CONNECTIONS = 4;

	private static final long SEED = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong(1_000_000));

	@Test
	void nobodyIsLostOrServedTwiceThroughThreeKillsOnAnH2File(@TempDir Path folder) throws Exception {
		chaos(new Plan(SEED, 1_000, CONNECTIONS, CONNECTIONS - 1, 5, true, 3, 0), folder, h2(folder), null);
	}

	@Test
	void nobodyIsLostOrServedTwiceThroughTwoKillsOnAMySqlProtocolServer(@TempDir Path folder) throws Exception {
		try (TestDatabase.Opened database = TestDatabase.MYSQL.open()) {
			chaos(new Plan(SEED, 1_000, CONNECTIONS, CONNECTIONS, 5, true, 2, 0), folder, database.url(), null);
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "chaos.kills", matches = "\\d+",
			disabledReason = "The long run: -Dchaos.kills=50 [-Dchaos.restarts=10] [-Dchaos.recipients=20000]")
	void nobodyIsLostOrServedTwiceOnAnH2FileForAsLongAsIsAskedFor(@TempDir Path folder) throws Exception {
		chaos(longPlan(0), folder, h2(folder), null);
	}

	@Test
	@EnabledIfSystemProperty(named = "chaos.kills", matches = "\\d+",
			disabledReason = "The long run: -Dchaos.kills=50 [-Dchaos.restarts=10] [-Dchaos.recipients=20000]")
	void nobodyIsLostOrServedTwiceWhileMariaDbIsKilledTooForAsLongAsIsAskedFor(@TempDir Path folder) throws Exception {
		try (OwnMariaDb database = OwnMariaDb.start(folder)) {
			chaos(longPlan(Integer.getInteger("chaos.restarts", 10)), folder, database.url("chaos"), database);
		}
	}

	private static Plan longPlan(int restarts) {
		return new Plan(SEED, Integer.getInteger("chaos.recipients", 20_000), CONNECTIONS, CONNECTIONS, 2, true,
				Integer.getInteger("chaos.kills", 50), restarts);
	}

	private static String h2(Path folder) {
		return "jdbc:h2:file:" + folder.resolve("herald") + ";MODE=MySQL;WRITE_DELAY=0";
	}

	private static void chaos(Plan plan, Path folder, String url, @Nullable OwnMariaDb database)
			throws IOException, InterruptedException {
		System.out.println("Chaos: " + plan);
		Outcome outcome = new ChaosRun(plan, folder, url, database).run();
		int mostUncertain = outcome.mostUncertain(plan.connections());
		System.out.printf(
				"Chaos, seed %d: %d kills, %d database restarts, %d processes gave up, %d dropped replies: %s; "
						+ "lost %d, twice %d, uncertain %d of at most %d%n",
				plan.seed(), outcome.killed(), outcome.restarted(), outcome.gaveUp(), outcome.drops(),
				outcome.audit().states(), outcome.audit().lost().size(), outcome.audit().twice().size(),
				outcome.audit().uncertain(), mostUncertain);
		assertThat(outcome.killed()).as("kills").isGreaterThanOrEqualTo(plan.kills());
		assertThat(outcome.restarted()).as("database restarts").isEqualTo(plan.databaseRestarts());
		assertThat(outcome.audit().recipients()).as("rows in the ledger").isEqualTo(plan.recipients());
		assertThat(outcome.audit().lost()).as("lost").isEmpty();
		assertThat(outcome.audit().twice()).as("twice").isEmpty();
		assertThat(outcome.audit().uncertain()).as("uncertain").isLessThanOrEqualTo(mostUncertain);
	}

}
