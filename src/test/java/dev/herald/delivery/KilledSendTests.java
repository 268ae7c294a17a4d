package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

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

	private static void killInMidSend(String url) throws IOException, InterruptedException {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start()) {
			int issueId;
			int sendId;
			try (TestHerald herald = herald(url, relay)) {
				Issue issue = herald.issue(herald.newsletter("weekly", READERS), "one");
				issueId = issue.id();
				sendId = herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test").id();
			}
			Process process = SendProcess.start(url, relay.port(), sendId);
			await().atMost(Duration.ofSeconds(60)).until(() -> relay.received().size() >= READERS / 4);
			process.destroyForcibly().waitFor();
			assertThat(relay.received().size()).as("killed in mid-send").isLessThan(READERS);

			try (TestHerald herald = herald(url, relay)) {
				goOn(herald, sendId);
				assertThatNobodyGotItTwiceOrWasLost(herald, relay, issueId);
			}
		}
	}

	/** As soon as the dead process's lease has ended. */
	private static void goOn(TestHerald herald, int sendId) {
		await().atMost(Leases.LENGTH.multipliedBy(4))
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
		return TestHerald.on(url, "spring.mail.host=127.0.0.1", "spring.mail.port=" + relay.port(),
				"herald.allow-local-base-url=true");
	}

}
