package dev.herald;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole server, on an H2 file, as `serve` starts it. */
class ScheduledSendTests {

	@Test
	void aScheduledSendSurvivesARestartAndRunsAtItsTimeAndNotBefore(@TempDir Path folder) {
		String url = "jdbc:h2:file:" + folder.resolve("herald") + ";MODE=MySQL;WRITE_DELAY=0";
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start()) {
			Instant due;
			int sendId;
			try (TestHerald herald = TestHerald.on(url, relaySettings(relay))) {
				Issue issue = herald.issue(herald.newsletter("weekly", 30), "one");
				due = Instant.now().plusSeconds(20);
				sendId = herald.get(Sends.class).schedule(issue, due, ZoneId.of("Asia/Shanghai"), "a test").id();
			}
			try (ConfigurableApplicationContext first = serve(url, folder, relay)) {
				assertThat(first.getBean(Sends.class).byId(sendId).status()).isEqualTo(SendStatus.SCHEDULED);
			}
			assertThat(relay.recipients()).isEmpty();
			try (ConfigurableApplicationContext second = serve(url, folder, relay)) {
				Sends sends = second.getBean(Sends.class);
				await().atMost(Duration.ofSeconds(60)).until(() -> sends.byId(sendId).status() == SendStatus.DONE);
				Send done = sends.byId(sendId);
				assertThat(done.startedAt()).isAfterOrEqualTo(due.minusMillis(1));
				assertThat(relay.recipients()).hasSize(30).doesNotHaveDuplicates();
			}
		}
	}

	private static ConfigurableApplicationContext serve(String url, Path folder, ScriptedSmtpServer relay) {
		String[] settings = relaySettings(relay);
		String[] arguments = new String[settings.length + 3];
		for (int i = 0; i < settings.length; i++) {
			arguments[i] = "--" + settings[i];
		}
		arguments[settings.length] = "--spring.datasource.url=" + url;
		arguments[settings.length + 1] = "--herald.data-dir=" + folder;
		arguments[settings.length + 2] = "--server.port=0";
		return new SpringApplicationBuilder(HeraldApplication.class).logStartupInfo(false).run(arguments);
	}

	private static String[] relaySettings(ScriptedSmtpServer relay) {
		return new String[] { "spring.mail.host=127.0.0.1", "spring.mail.port=" + relay.port(),
				"herald.allow-local-base-url=true", "herald.base-url=http://localhost:8080" };
	}

}
