package dev.herald.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.address.EmailAddress;
import dev.herald.testing.ServerPort;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SmtpConnectionTests {

	private static final EmailAddress SENDER = EmailAddress.parse("bounce+token@news.example");

	private static final EmailAddress READER = EmailAddress.parse("reader@example.org");

	private static final byte[] MAIL = "Subject: x\r\n\r\n.a line that begins with a dot\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	@Test
	void aMessageThatTheRelayTakesIsAcceptedAndArrivesByteForByte() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(); SmtpConnection connection = connect(server)) {
			SendOutcome outcome = connection.deliver(SENDER, READER, MAIL);
			assertThat(outcome).isEqualTo(new SendOutcome.Accepted(new SmtpReply(250, "2.0.0", "250 2.0.0 taken")));
			assertThat(server.received()).singleElement().satisfies((received) -> {
				assertThat(received.sender()).isEqualTo("bounce+token@news.example");
				assertThat(received.recipient()).isEqualTo("reader@example.org");
				assertThat(received.content()).isEqualTo(MAIL);
			});
		}
	}

	@Test
	void oneConnectionCarriesManyMessages() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(); SmtpConnection connection = connect(server)) {
			for (int i = 0; i < 20; i++) {
				assertThat(connection.open()).isEmpty();
				assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			}
			assertThat(server.connections()).isEqualTo(1);
			assertThat(server.received()).hasSize(20);
		}
	}

	@Test
	void fourHundredAtRcptIsDeferredAndFiveHundredRejected() {
		assertThat(deliverWhen(Stage.RCPT, "450 4.2.2 mailbox full"))
			.isEqualTo(new SendOutcome.Deferred(new SmtpReply(450, "4.2.2", "450 4.2.2 mailbox full")));
		assertThat(deliverWhen(Stage.RCPT, "550 5.1.1 no such user")).isEqualTo(new SendOutcome.Rejected(
				new SmtpReply(550, "5.1.1", "550 5.1.1 no such user"), SendOutcome.Stage.RCPT));
	}

	@Test
	void theVerdictAfterTheMessageIsTheRecipients() {
		assertThat(deliverWhen(Stage.CONTENT, "451 4.7.1 greylisted")).isInstanceOf(SendOutcome.Deferred.class);
		assertThat(deliverWhen(Stage.CONTENT, "554 5.7.1 spam")).isInstanceOf(SendOutcome.Rejected.class);
		assertThat(deliverWhen(Stage.DATA, "452 4.3.1 no space")).isInstanceOf(SendOutcome.Deferred.class);
		assertThat(deliverWhen(Stage.DATA, "554 5.5.1 no")).isInstanceOf(SendOutcome.Rejected.class);
	}

	@Test
	void theRelaysOwnTroubleIsNobodysRejection() {
		assertThat(deliverWhen(Stage.MAIL, "451 4.3.0 later")).isInstanceOf(SendOutcome.RelayUnavailable.class);
		assertThat(deliverWhen(Stage.MAIL, "421 4.3.2 closing")).isInstanceOf(SendOutcome.RelayUnavailable.class);
		assertThat(deliverWhen(Stage.RCPT, "421 4.7.0 too many")).isInstanceOf(SendOutcome.RelayUnavailable.class);
		assertThat(deliverWhen(Stage.CONTENT, "421 4.3.2 shutting down"))
			.isInstanceOf(SendOutcome.RelayUnavailable.class);
		assertThat(deliverWhen(Stage.MAIL, ScriptedSmtpServer.HANG_UP))
			.isInstanceOf(SendOutcome.RelayUnavailable.class);
		assertThat(deliverWhen(Stage.DATA, ScriptedSmtpServer.HANG_UP))
			.isInstanceOf(SendOutcome.RelayUnavailable.class);
		assertThat(deliverWhen(Stage.MAIL, "hello?")).isInstanceOf(SendOutcome.RelayUnavailable.class);
	}

	@Test
	void fiveHundredAtMailFromIsOurFault() {
		assertThat(deliverWhen(Stage.MAIL, "550 5.7.1 sender not allowed"))
			.isEqualTo(new SendOutcome.Refused(new SmtpReply(550, "5.7.1", "550 5.7.1 sender not allowed")));
	}

	@Test
	void silenceAfterTheMessageIsUncertain() {
		assertThat(deliverWhen(Stage.CONTENT, ScriptedSmtpServer.HANG_UP)).isInstanceOf(SendOutcome.Uncertain.class);
		assertThat(deliverWhen(Stage.CONTENT, ScriptedSmtpServer.TAKEN_THEN_HANG_UP))
			.isInstanceOf(SendOutcome.Uncertain.class);
	}

	@Test
	void aRelayThatAnswersTooLateLeavesItUncertain() {
		CountDownLatch testOver = new CountDownLatch(1);
		Script slow = (stage, argument) -> {
			if (stage == Stage.CONTENT) {
				awaitQuietly(testOver);
			}
			return null;
		};
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(slow);
				SmtpConnection connection = new SmtpConnection(new RelaySettings("127.0.0.1", server.port(), null, null,
						"smtp", Map.of("mail.smtp.timeout", "200")))) {
			connection.open();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Uncertain.class);
		}
		finally {
			testOver.countDown();
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

	@Test
	void aRejectionIsFollowedByACleanTransaction() {
		Script script = (stage, argument) -> (stage == Stage.RCPT && argument.startsWith("dead")) ? "550 5.1.1 dead"
				: null;
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(script);
				SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, EmailAddress.parse("dead@example.org"), MAIL))
				.isInstanceOf(SendOutcome.Rejected.class);
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void aConnectionThatTheRelayClosedIsOpenedAnew() {
		AtomicInteger mails = new AtomicInteger();
		Script script = (stage, argument) -> (stage == Stage.MAIL && mails.incrementAndGet() == 2) ? "421 4.4.2 idle"
				: null;
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(script);
				SmtpConnection connection = connect(server)) {
			connection.deliver(SENDER, READER, MAIL);
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.RelayUnavailable.class);
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@Test
	void aRelayThatIsDownIsUnavailableAndNamed() {
		int port = ServerPort.find();
		try (SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", port))) {
			Optional<SendOutcome> trouble = connection.open();
			assertThat(trouble).get()
				.isInstanceOfSatisfying(SendOutcome.RelayUnavailable.class,
						(unavailable) -> assertThat(unavailable.reason()).asString()
							.contains("127.0.0.1:" + port)
							.contains("Connection refused"));
		}
	}

	@Test
	void aGreetingOf554IsARefusalAndOf421IsNot() {
		assertThat(openWhen("554 5.7.1 you are blocked")).get().isInstanceOf(SendOutcome.Refused.class);
		assertThat(openWhen("421 4.3.2 later")).get().isInstanceOf(SendOutcome.RelayUnavailable.class);
	}

	@Test
	void aWrongPasswordIsARefusalThatDoesNotShowIt() {
		Script script = (stage, argument) -> (stage == Stage.EHLO) ? "250-scripted.test\r\n250 AUTH PLAIN" : null;
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(script);
				SmtpConnection connection = new SmtpConnection(
						new RelaySettings("127.0.0.1", server.port(), "herald", "correct horse", "smtp", Map.of()))) {
			assertThat(connection.open()).get()
				.isInstanceOfSatisfying(SendOutcome.Refused.class,
						(refused) -> assertThat(refused.reply().text()).doesNotContain("correct horse"));
		}
	}

	@Test
	void anAddressOutsideAsciiNeedsARelayThatTakesIt() {
		EmailAddress reader = EmailAddress.parse("用户@example.org");
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(); SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, reader, MAIL)).isInstanceOfSatisfying(SendOutcome.Rejected.class,
					(rejected) -> assertThat(rejected.reply().status()).isEqualTo("5.6.7"));
		}
		Script utf8 = (stage, argument) -> (stage == Stage.EHLO) ? "250-scripted.test\r\n250 SMTPUTF8" : null;
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start(utf8); SmtpConnection connection = connect(server)) {
			assertThat(connection.deliver(SENDER, reader, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.recipients()).containsExactly("用户@example.org");
		}
	}

	@Test
	void whatARelaySaysIsMadePrintable() {
		assertThat(deliverWhen(Stage.RCPT, "550-5.1.1 no\u001b[31m such\r\n550 5.1.1 user"))
			.isEqualTo(new SendOutcome.Rejected(new SmtpReply(550, "5.1.1", "550-5.1.1 no [31m such 550 5.1.1 user"),
					SendOutcome.Stage.RCPT));
	}

	private static SmtpConnection connect(ScriptedSmtpServer server) {
		SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()));
		assertThat(connection.open()).isEmpty();
		return connection;
	}

	private static SendOutcome deliverWhen(Stage stage, String reply) {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start((at, argument) -> (at == stage) ? reply : null);
				SmtpConnection connection = connect(server)) {
			return connection.deliver(SENDER, READER, MAIL);
		}
	}

	private static Optional<SendOutcome> openWhen(String greeting) {
		try (ScriptedSmtpServer server = ScriptedSmtpServer
			.start((at, argument) -> (at == Stage.CONNECT) ? greeting : null);
				SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()))) {
			return connection.open();
		}
	}

}
