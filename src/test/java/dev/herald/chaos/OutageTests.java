package dev.herald.chaos;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.herald.chaos.ChaosRun.Asked;
import dev.herald.delivery.SendRunner;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The database goes away while a send runs, and comes back. The process lives on: it says
 * why it waits, goes on by itself, and what the relay answered meanwhile is not lost.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageTests {

	private static final int READERS = 400;

	private static final int CONNECTIONS = 4;

	/** Shorter than the lease, which others respect until then. */
	private static final Duration OUTAGE = Duration.ofSeconds(4);

	@Test
	void aLostConnectionToTheDatabaseIsWaitedFor(@TempDir Path folder, CapturedOutput output) throws Exception {
		try (TestDatabase.Opened database = TestDatabase.MYSQL.open();
				CuttableProxy proxy = CuttableProxy.to(serverOf(database.url()))) {
			String url = database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/");
			sendThrough(url, folder, output, proxy::cut, proxy::mend);
		}
	}

	@Test
	void aKilledDatabaseIsWaitedFor(@TempDir Path folder, CapturedOutput output) throws Exception {
		try (OwnMariaDb database = OwnMariaDb.start(folder)) {
			sendThrough(database.url("outage"), folder, output, database::kill, database::startAgain);
		}
	}

	@Test
	void aFullDiskIsWaitedFor(@TempDir Path folder, CapturedOutput output) throws Exception {
		try {
			sendThrough(FullDisk.url(folder.resolve("herald")), folder, output, FullDisk::fill, FullDisk::free);
		}
		finally {
			FullDisk.free();
		}
	}

	private static InetSocketAddress serverOf(String url) {
		URI uri = URI.create(url.substring("jdbc:".length()));
		return new InetSocketAddress(uri.getHost(), (uri.getPort() < 0) ? 3306 : uri.getPort());
	}

	private static void sendThrough(String url, Path folder, CapturedOutput output, Action breakIt, Action mendIt)
			throws Exception {
		try (ChaosSmtpServer relay = ChaosSmtpServer.start(Mischief.none(), CONNECTIONS, 5)) {
			String[] settings = ChaosRun.settings(folder, relay.port(), CONNECTIONS);
			// The lease's own length: an outage of a few seconds is no reason to give up.
			settings[settings.length - 1] = "herald.delivery.lease=15s";
			Asked asked = ChaosRun.ask(url, READERS, settings);
			try (TestHerald herald = TestHerald.on(url, settings)) {
				CompletableFuture<SendRunner.RunResult> run = CompletableFuture
					.supplyAsync(() -> herald.get(SendRunner.class).run(asked.sendId()));
				await().atMost(Duration.ofSeconds(60)).until(() -> relay.taken().size() >= READERS / 4);
				breakIt.run();
				int taken = relay.taken().size();
				TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
				assertThat(run).as("the send, while the database is away").isNotDone();
				assertThat(relay.taken().size()).as("taken without the database")
					.isLessThanOrEqualTo(taken + CONNECTIONS);
				assertThat(output.toString().lines().filter((line) -> line.contains("Send " + asked.sendId())))
					.as("what is said of the send")
					.anySatisfy((line) -> assertThat(line).contains("database"));
				mendIt.run();
				assertThat(run.get(60, TimeUnit.SECONDS)).isInstanceOf(SendRunner.RunResult.Finished.class);
				Audit audit = Audit.of(herald, asked.issueId(), relay.taken());
				assertThat(audit.lost()).as("lost").isEmpty();
				assertThat(audit.twice()).as("twice").isEmpty();
				assertThat(audit.uncertain()).as("uncertain").isZero();
				assertThat(relay.taken()).hasSize(READERS);
			}
		}
	}

	private interface Action {

		void run() throws Exception;

	}

}
