package dev.herald.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.herald.delivery.SendRunner;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The command that watches a send which another process delivers meanwhile. */
class WatchCommandTests extends CommandTest {

	@Test
	void aSendIsFollowedWithItsRateAndRemainingTimeUntilItEnds(@TempDir Path home) throws Exception {
		Files.writeString(Files.createDirectory(home.resolve("batch")).resolve("send-issue.yaml"), "rate: 20/s\n");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = TestHerald.on(url(), "spring.mail.host=127.0.0.1",
						"spring.mail.port=" + relay.port(), "herald.home=" + home,
						"herald.allow-local-base-url=true")) {
			Issue issue = herald.issue(herald.newsletter("weekly", 160), "one");
			int send = herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test").id();
			CompletableFuture<SendRunner.RunResult> sending = CompletableFuture
				.supplyAsync(() -> herald.get(SendRunner.class).run(send));
			await().atMost(1, TimeUnit.MINUTES).until(() -> relay.received().size() > 0);

			Result watched = run("issue", "status", "one", "--watch");

			assertThat(sending.get(30, TimeUnit.SECONDS)).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(watched.exitCode()).isZero();
			List<String> lines = watched.out().lines().toList();
			assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
			assertThat(lines).anyMatch((line) -> line
				.matches("send \\d: running; \\d+ of 160 settled, (19|20|21) a second, less than a minute left"));
			assertThat(lines.get(lines.size() - 1)).matches("send \\d: done; 160 of 160 settled");
		}
	}

}
