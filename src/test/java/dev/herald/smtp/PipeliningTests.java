package dev.herald.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** RFC 2920: MAIL, RCPT and DATA leave together, and each reply still counts. */
class PipeliningTests {

	private static final EmailAddress SENDER = EmailAddress.parse("bounce+token@news.example");

	private static final EmailAddress READER = EmailAddress.parse("reader@example.org");

	private static final EmailAddress DEAD = EmailAddress.parse("dead@example.org");

	private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

	@Test
	void threeCommandsLeaveBeforeTheFirstReply() {
		try (LineServer server = LineServer.start((line) -> switch (line.split("[ :]", 2)[0]) {
			case "EHLO" -> "250-lines.test\r\n250 PIPELINING";
			case "MAIL", "RCPT" -> "";
			case "DATA" -> "250 ok\r\n250 ok\r\n354 go on";
			case "." -> "250 taken";
			default -> "";
		}); SmtpConnection connection = new SmtpConnection(server.relay())) {
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
		}
	}

	@Test
	void withoutTheOfferEachWaitsForItsReply() {
		try (LineServer server = LineServer.start((line) -> switch (line.split("[ :]", 2)[0]) {
			case "EHLO" -> "250 lines.test";
			default -> "";
		});
				SmtpConnection connection = new SmtpConnection(new RelaySettings("127.0.0.1", server.relay().port(),
						null, null, "smtp", Map.of("mail.smtp.timeout", "300")))) {
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.RelayUnavailable.class);
			assertThat(server.lines()).hasSize(2).last().isEqualTo("MAIL FROM:<bounce+token@news.example>");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRefusedRecipientIsFollowedByACleanTransaction(boolean pipelining) {
		Script script = (stage, argument) -> switch (stage) {
			case RCPT -> argument.startsWith("dead") ? "550 5.1.1 no such user" : null;
			case DATA -> argument.startsWith("dead") ? "503 5.5.1 no valid recipients" : null;
			default -> null;
		};
		try (ScriptedSmtpServer server = start(script, pipelining); SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, DEAD, MAIL)).isEqualTo(new SendOutcome.Rejected(
					new SmtpReply(550, "5.1.1", "550 5.1.1 no such user"), SendOutcome.Stage.RCPT));
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.recipients()).containsExactly("reader@example.org");
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "550 5.1.1 no such user, 250 2.0.0 taken", "550 5.1.1 no such user, 554 5.5.1 no valid recipients",
			"450 4.2.1 later, 250 2.0.0 taken" })
	void whatARelaySaysToTheLoneDotIsNoAcceptance(String rcpt, String dot) {
		Script script = (stage, argument) -> switch (stage) {
			case RCPT -> argument.startsWith("dead") ? rcpt : null;
			case CONTENT -> argument.startsWith("dead") ? dot : null;
			default -> null;
		};
		try (ScriptedSmtpServer server = start(script, true); SmtpConnection connection = connect(server)) {
			SendOutcome outcome = connection.deliver(SENDER, DEAD, MAIL);
			if (rcpt.startsWith("5")) {
				assertThat(outcome).isInstanceOf(SendOutcome.Rejected.class);
			}
			else {
				assertThat(outcome).isInstanceOf(SendOutcome.Deferred.class);
			}
			assertThat(server.received()).allSatisfy((received) -> assertThat(received.content()).isEmpty());
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "CONTENT, 421 4.3.2 closing", "CONTENT, HANG UP", "DATA, 421 4.3.2 closing", "DATA, HANG UP" })
	void aRefusalStandsThoughTheConnectionIsLostBehindIt(Stage at, String reply) {
		Script script = (stage, argument) -> (stage == Stage.RCPT) ? "550 5.1.1 no such user"
				: (stage == at) ? reply : null;
		try (ScriptedSmtpServer server = start(script, true); SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, DEAD, MAIL)).isInstanceOf(SendOutcome.Rejected.class);
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.RelayUnavailable.class);
			assertThat(connection.open()).isEmpty();
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "MAIL, 421 4.3.2 closing", "RCPT, 421 4.7.0 too many", "DATA, 421 4.3.2 closing", "MAIL, HANG UP",
			"RCPT, HANG UP", "DATA, HANG UP", "MAIL, 451 4.3.0 later", "MAIL, hello?", "RCPT, hello?", "DATA, hello?",
			"RCPT, 354 go on", "DATA, 250 2.0.0 taken" })
	void beforeTheGoAheadNothingWasHandedOver(Stage at, String reply) {
		for (boolean pipelining : new boolean[] { true, false }) {
			try (ScriptedSmtpServer server = start((stage, argument) -> (stage == at) ? reply : null, pipelining);
					SmtpConnection connection = connect(server)) {
				assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.RelayUnavailable.class);
				assertThat(server.received()).isEmpty();
				assertThat(connection.open()).isEmpty();
				assertThat(server.connections()).isEqualTo(2);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HANG UP", "TAKEN HANG UP", "hello?", "354 go on" })
	void afterTheMessageOnlyAYesOrNoIsOne(String reply) {
		for (boolean pipelining : new boolean[] { true, false }) {
			try (ScriptedSmtpServer server = start((stage, argument) -> (stage == Stage.CONTENT) ? reply : null,
					pipelining); SmtpConnection connection = connect(server)) {
				assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Uncertain.class);
			}
		}
	}

	@Test
	void fiveHundredAtMailIsOurFaultWhateverFollows() {
		Script script = (stage, argument) -> switch (stage) {
			case MAIL -> "550 5.7.1 sender not allowed";
			case RCPT, DATA -> "503 5.5.1 MAIL first";
			default -> null;
		};
		try (ScriptedSmtpServer server = start(script, true); SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, READER, MAIL))
				.isEqualTo(new SendOutcome.Refused(new SmtpReply(550, "5.7.1", "550 5.7.1 sender not allowed")));
		}
	}

	@Test
	void aRefusalAtDataIsAboutTheMessage() {
		try (ScriptedSmtpServer server = start((stage, argument) -> (stage == Stage.DATA) ? "550 5.1.1 no" : null,
				true); SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOfSatisfying(SendOutcome.Rejected.class,
					(rejected) -> {
						assertThat(rejected.stage()).isEqualTo(SendOutcome.Stage.CONTENT);
						assertThat(rejected.addressIsDead()).isFalse();
					});
			assertThat(connection.open()).isEmpty();
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	private static ScriptedSmtpServer start(Script script, boolean pipelining) {
		return pipelining ? ScriptedSmtpServer.with(script).pipelining().start() : ScriptedSmtpServer.start(script);
	}

	private static SmtpConnection connect(ScriptedSmtpServer server) {
		SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()));
		assertThat(connection.open()).isEmpty();
		return connection;
	}

}
