package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.herald.issue.Issue;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The process that sends is killed as kill -9 does it, and the send is asked for again.
 */
class KilledSendTests {

	private static final int READERS = 300;

	private static final int CONNECTIONS = 4;

	@Test
	void onAnH2FileNobodyGetsItTwiceAndTheUncertainAreNamed(@TempDir Path folder) throws Exception {
		killInMidSend("jdbc:h2:file:" + folder.resolve("herald") + ";MODE=MySQL;WRITE_DELAY=0");
	}

	@Test
	void onAMySqlProtocolServerNobodyGetsItTwiceAndTheUncertainAreNamed() throws Exception {
		try (TestDatabase.Opened database = TestDatabase.MYSQL.open()) {
			killInMidSend(database.url());
		}
	}

	/** SIGTERM, as a service manager stops it: what is in flight ends and is recorded. */
	@Test
	void aSendThatIsToldToStopLeavesNothingUncertain(@TempDir Path folder) throws Exception {
		String url = "jdbc:h2:file:" + folder.resolve("herald") + ";MODE=MySQL;WRITE_DELAY=0;AUTO_SERVER=TRUE";
		CountDownLatch hold = new CountDownLatch(1);
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start((stage, argument) -> {
			if (stage == ScriptedSmtpServer.Stage.CONTENT && hold.getCount() == 1 && argument.startsWith("reader9")) {
				awaitQuietly(hold);
			}
			return null;
		})) {
			Asked asked = ask(url, relay);
			Process process = SendProcess.start(url, relay.port(), asked.sendId());
			await().atMost(Duration.ofSeconds(60)).until(() -> relay.received().size() >= READERS / 4);
			process.destroy();
			// The relay answers only after the process was told to stop.
			hold.await(1, TimeUnit.SECONDS);
			hold.countDown();
			process.waitFor();
			int before = relay.received().size();
			assertThat(before).as("stopped in mid-send").isLessThan(READERS);

			try (TestHerald herald = herald(url, relay)) {
				assertThat(herald.get(Sends.class).byId(asked.sendId()).status()).isEqualTo(SendStatus.RUNNING);
				assertThat(herald.get(Ledger.class).counts(asked.issueId()).of(DeliveryState.ACCEPTED))
					.isEqualTo(before);
				assertThat(herald.get(SendRunner.class).run(asked.sendId()))
					.isInstanceOf(SendRunner.RunResult.Finished.class);
				assertThat(addresses(herald, asked.issueId(), DeliveryState.UNCERTAIN)).isEmpty();
				assertThat(relay.recipients()).hasSize(READERS).doesNotHaveDuplicates();
			}
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Asked ask(String url, ScriptedSmtpServer relay) {
		try (TestHerald herald = herald(url, relay)) {
			Issue issue = herald.issue(herald.newsletter("weekly", READERS), "one");
			return new Asked(issue.id(),
					herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test").id());
		}
	}

	private record Asked(int issueId, int sendId) {
	}

	private static void killInMidSend(String url) throws IOException, InterruptedException {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start()) {
			Asked asked = ask(url, relay);
			Process process = SendProcess.start(url, relay.port(), asked.sendId());
			await().atMost(Duration.ofSeconds(60)).until(() -> relay.received().size() >= READERS / 4);
			process.destroyForcibly().waitFor();
			assertThat(relay.received().size()).as("killed in mid-send").isLessThan(READERS);

			try (TestHerald herald = herald(url, relay)) {
				goOn(herald, asked.sendId());
				assertThatNobodyGotItTwiceOrWasLost(herald, relay, asked.issueId());
			}
		}
	}

	/** As soon as the dead process's lease has ended. */
	private static void goOn(TestHerald herald, int sendId) {
		await().atMost(Duration.ofSeconds(60))
			.until(() -> herald.get(SendRunner.class).run(sendId) instanceof SendRunner.RunResult.Finished);
	}

	private static void assertThatNobodyGotItTwiceOrWasLost(TestHerald herald, ScriptedSmtpServer relay, int issueId) {
		DeliveryCounts counts = herald.get(Ledger.class).counts(issueId);
		List<String> uncertain = addresses(herald, issueId, DeliveryState.UNCERTAIN);
		List<String> accepted = addresses(herald, issueId, DeliveryState.ACCEPTED);
		assertThat(relay.recipients()).doesNotHaveDuplicates();
		assertThat(counts.recipients()).isEqualTo(READERS);
		assertThat(counts.of(DeliveryState.ACCEPTED) + counts.of(DeliveryState.UNCERTAIN)).isEqualTo(READERS);
		assertThat(uncertain).hasSizeLessThanOrEqualTo(CONNECTIONS);
		assertThat(relay.recipients()).containsAll(accepted);
		assertThat(accepted).doesNotContainAnyElementsOf(uncertain);
	}

	private static List<String> addresses(TestHerald herald, int issueId, DeliveryState state) {
		return herald.get(Ledger.class)
			.page(issueId, state, 0, READERS)
			.stream()
			.map((row) -> row.address().value())
			.toList();
	}

	private static TestHerald herald(String url, ScriptedSmtpServer relay) {
		return TestHerald.on(url, SendProcess.settings(relay.port()));
	}

}
