package dev.herald.smtp;

import java.time.Duration;
import java.time.Instant;

import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RelayLookTests {

	private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			220 mx ESMTP Sendmail 8.18.1/8.18.1; Tue, 24 Nov 2026 16:00:30 +0800 | PT30S
			220 mx Microsoft ESMTP MAIL Service ready at Tue, 24 Nov 2026 07:58:00 +0000 | PT-2M
			220 mx; 4 Nov 2026 08:00 GMT | PT-480H
			220 mx ESMTP Postfix |
			220 mx; Tue, 44 Nov 2026 16:00:30 +0800 |
			220 mx; Tue, 24 Foo 2026 16:00:30 +0800 |
			""")
	void theTimeInAGreetingTellsTheClock(String greeting, Duration ahead) {
		assertThat(RelayLook.ahead(greeting, NOW).orElse(null)).isEqualTo(ahead);
	}

	@Test
	void aLookSendsNothingAndTellsTheTimeOfTheGreeting() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start((stage, argument) -> (stage == Stage.CONNECT)
				? "220 old.example ESMTP; Tue, 24 Nov 2020 16:00:30 +0800" : null)) {
			RelayLook look = RelayLook.at(Relay.at("127.0.0.1", relay.port()), Duration.ofSeconds(5));
			assertThat(look.trouble()).isEmpty();
			assertThat(look.ahead())
				.hasValueSatisfying((ahead) -> assertThat(ahead).isLessThan(Duration.ofDays(-2000)));
			assertThat(relay.recipients()).isEmpty();
		}
	}

}
