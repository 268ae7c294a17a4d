package dev.herald.delivery;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.testing.ServerPort;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestCertificate;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What relays ask of the engine: their share, their sign-in, their moods. */
class EngineRelayTests extends EngineTest {

	@Test
	void aRelayThatWantsTlsAndASignInGetsBothOnEachConnection() throws Exception {
		settings("connections: 3");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.with((stage, argument) -> null)
			.startTls(TestCertificate.of("ip:127.0.0.1"))
			.auth("herald", "correct horse")
			.start();
				TestHerald herald = herald("herald.relays[0].name=ours", "herald.relays[0].host=127.0.0.1",
						"herald.relays[0].port=" + relay.port(), "herald.relays[0].starttls=required",
						"herald.relays[0].username=herald", "herald.relays[0].password=correct horse",
						"herald.relays[0].properties[mail.smtp.ssl.trust]=*")) {
			Issue issue = send(herald, herald.newsletter("weekly", 30));

			assertThat(relay.recipients()).hasSize(30).doesNotHaveDuplicates();
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 30));
		}
	}

	@Test
	void aWrongPasswordPausesTheSendAndNobodyIsRejected() throws Exception {
		settings("connections: 3");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.with((stage, argument) -> null)
			.auth("herald", "correct horse")
			.start();
				TestHerald herald = herald("herald.relays[0].name=ours", "herald.relays[0].host=127.0.0.1",
						"herald.relays[0].port=" + relay.port(), "herald.relays[0].username=herald",
						"herald.relays[0].password=battery staple")) {
			Issue issue = herald.issue(herald.newsletter("weekly", 30), "one");
			int send = schedule(herald, issue);

			assertThat(herald.get(SendRunner.class).run(send)).isInstanceOf(SendRunner.RunResult.Stopped.class);

			assertThat(herald.get(Sends.class).byId(send)).satisfies((held) -> {
				assertThat(held.status()).isEqualTo(SendStatus.HELD);
				assertThat(held.reason()).asString().contains("535 5.7.8").doesNotContain("battery staple");
			});
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.READY, 30));
		}
	}

	private TestHerald heraldWithAnotherRelayDown(ScriptedSmtpServer up) throws IOException {
		int down = ServerPort.find();
		return herald("herald.relays[0].name=first", "herald.relays[0].host=127.0.0.1", "herald.relays[0].port=" + down,
				"herald.relays[1].name=second", "herald.relays[1].host=127.0.0.1",
				"herald.relays[1].port=" + up.port());
	}

	@Test
	void whereOneRelayIsDownTheOthersCarryItsMail() throws Exception {
		settings("connections: 2");
		try (ScriptedSmtpServer up = ScriptedSmtpServer.start(); TestHerald herald = heraldWithAnotherRelayDown(up)) {
			Issue issue = send(herald, herald.newsletter("weekly", 50));

			assertThat(up.recipients()).hasSize(50).doesNotHaveDuplicates();
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 50));
		}
	}

	/**
	 * A connection that rested with a delivery in its hands kept it from the relay that
	 * is up; and gave it, when the rest was over, to its sister, which rested twice as
	 * long. A send hung so for minutes.
	 */
	@Test
	@Timeout(60)
	void aRelayThatIsDownHoldsNoMailWhileItRests() throws Exception {
		settings("connections: 2\nrate: 20/s");
		try (ScriptedSmtpServer up = ScriptedSmtpServer.start(); TestHerald herald = heraldWithAnotherRelayDown(up)) {
			send(herald, herald.newsletter("weekly", 100));

			List<String> order = up.recipients();
			assertThat(order).hasSize(100);
			List<String> asImported = IntStream.rangeClosed(1, 100)
				.mapToObj("reader%d@example.org"::formatted)
				.toList();
			for (String reader : order) {
				assertThat(order.indexOf(reader)).as("place of %s, 20 a second", reader)
					.isLessThan(asImported.indexOf(reader) + 12);
			}
		}
	}

	@Test
	void relaysShareTheMailByTheirWeights() throws Exception {
		settings("connections: 2");
		try (ScriptedSmtpServer heavy = ScriptedSmtpServer.start();
				ScriptedSmtpServer light = ScriptedSmtpServer.start();
				TestHerald herald = herald("herald.relays[0].name=heavy", "herald.relays[0].host=127.0.0.1",
						"herald.relays[0].port=" + heavy.port(), "herald.relays[0].weight=3",
						"herald.relays[1].name=light", "herald.relays[1].host=127.0.0.1",
						"herald.relays[1].port=" + light.port())) {
			send(herald, herald.newsletter("weekly", 400));

			assertThat(heavy.received().size() + light.received().size()).isEqualTo(400);
			assertThat(heavy.received().size()).isBetween(260, 340);
		}
	}

	@Test
	void aRelayThatSaysGoodbyeAfterEachMessageLosesNobody() throws Exception {
		settings("connections: 3");
		AtomicInteger taken = new AtomicInteger();
		Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
		Script script = (stage, argument) -> (stage == Stage.RCPT && refusedOnce.add(argument))
				? "421 4.3.2 too busy, number " + taken.incrementAndGet() : null;
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			Issue issue = send(herald, herald.newsletter("weekly", 12));

			assertThat(relay.recipients()).hasSize(12).doesNotHaveDuplicates();
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 12));
			assertThat(this.database.jdbc().sql("SELECT MAX(attempts) FROM delivery").query(Integer.class).single())
				.as("the relay's trouble is nobody's attempt")
				.isEqualTo(1);
		}
	}

	@Test
	void aNewRelayBesideAnOldOneCarriesNoMoreThanItsDaysCeiling() throws Exception {
		settings("""
				connections: 2
				rate: 30/s
				pacing:
				  warm-up:
				    - name: fresh
				      start: %s
				      daily: 10, 1000
				""".formatted(Instant.now().atOffset(ZoneOffset.UTC).toLocalDate()));
		try (ScriptedSmtpServer old = ScriptedSmtpServer.start();
				ScriptedSmtpServer fresh = ScriptedSmtpServer.start();
				TestHerald herald = herald("herald.relays[0].name=old", "herald.relays[0].host=127.0.0.1",
						"herald.relays[0].port=" + old.port(), "herald.relays[1].name=fresh",
						"herald.relays[1].host=127.0.0.1", "herald.relays[1].port=" + fresh.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 60);

			send(herald, newsletter);

			assertThat(fresh.received()).hasSize(10);
			assertThat(old.received()).hasSize(50);
		}
	}

}
