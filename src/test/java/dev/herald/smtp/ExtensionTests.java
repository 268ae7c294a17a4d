package dev.herald.smtp;

import java.nio.charset.StandardCharsets;

import dev.herald.address.EmailAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** SMTPUTF8 (RFC 6531) and 8BITMIME (RFC 6152): only when offered, only when needed. */
class ExtensionTests {

	private static final String UTF8 = "250-lines.test\r\n250-8BITMIME\r\n250 SMTPUTF8";

	@ParameterizedTest
	@CsvSource({ "reader@example.org, Subject: x, plain, ''", "reader@example.org, Subject: x, café, ' BODY=8BITMIME'",
			"reader@example.org, Subject: é, plain, ' BODY=8BITMIME SMTPUTF8'",
			"用户@example.org, Subject: x, plain, ' SMTPUTF8'" })
	void theParametersOfMailAreThoseNeeded(String recipient, String header, String body, String parameters) {
		try (LineServer server = server(UTF8); SmtpConnection connection = new SmtpConnection(server.relay())) {
			assertThat(connection.open()).isEmpty();
			assertThat(deliver(connection, recipient, header, body)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.lines()).contains("MAIL FROM:<news@example.org>" + parameters);
		}
	}

	@ParameterizedTest
	@CsvSource({ "reader@example.org, Subject: x, café, 5.6.3", "reader@example.org, Subject: é, plain, 5.6.9",
			"用户@example.org, Subject: x, plain, 5.6.7" })
	void whatTheRelayCannotCarryIsNotBegunAndKillsNoAddress(String recipient, String header, String body,
			String status) {
		try (LineServer server = server("250 lines.test");
				SmtpConnection connection = new SmtpConnection(server.relay())) {
			assertThat(connection.open()).isEmpty();
			assertThat(deliver(connection, recipient, header, body)).isInstanceOfSatisfying(SendOutcome.Rejected.class,
					(rejected) -> {
						assertThat(rejected.reply().status()).isEqualTo(status);
						assertThat(rejected.addressIsDead()).isFalse();
					});
			assertThat(deliver(connection, "reader@example.org", "Subject: x", "plain"))
				.isInstanceOf(SendOutcome.Accepted.class);
		}
	}

	private static SendOutcome deliver(SmtpConnection connection, String recipient, String header, String body) {
		return connection.deliver(EmailAddress.parse("news@example.org"), EmailAddress.parse(recipient),
				(header + "\r\n\r\n" + body + "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	private static LineServer server(String greeting) {
		return LineServer.start((line) -> switch (line.split("[ :]", 2)[0]) {
			case "EHLO" -> greeting;
			case "MAIL", "RCPT", "." -> "250 ok";
			case "DATA" -> "354 go on";
			default -> "";
		});
	}

}
