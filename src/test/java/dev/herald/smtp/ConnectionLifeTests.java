package dev.herald.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import dev.herald.address.EmailAddress;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class ConnectionLifeTests {

	private static final EmailAddress SENDER = EmailAddress.parse("bounce+token@news.example");

	private static final EmailAddress READER = EmailAddress.parse("reader@example.org");

	private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

	@Test
	void afterItsNumberOfMessagesAConnectionIsOpenedAnew() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
				SmtpConnection connection = new SmtpConnection(relay(server, 2, Duration.ofHours(1)))) {
			for (int i = 0; i < 5; i++) {
				assertThat(connection.open()).isEmpty();
				assertThat(connection.exhausted()).isFalse();
				assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			}
			assertThat(server.connections()).isEqualTo(3);
			assertThat(server.received()).hasSize(5);
		}
	}

	@Test
	void afterItsTimeAConnectionIsOpenedAnew() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
				SmtpConnection connection = new SmtpConnection(relay(server, 1000, Duration.ofSeconds(1)))) {
			assertThat(connection.open()).isEmpty();
			await().until(connection::exhausted);
			assertThat(connection.open()).isEmpty();
			assertThat(connection.exhausted()).isFalse();
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@Test
	void aRelayThatHasEnoughConnectionsIsUnavailable() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.with((stage, argument) -> null).maxConnections(1).start();
				SmtpConnection first = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()));
				SmtpConnection second = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()))) {
			assertThat(first.open()).isEmpty();
			assertThat(second.open()).get().isInstanceOf(SendOutcome.RelayUnavailable.class);
			assertThat(server.turnedAway()).isEqualTo(1);
		}
	}

	@Test
	void whatThePermitWithholdsIsNotWrittenAndCostsNoConnection() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
				SmtpConnection connection = new SmtpConnection(relay(server, 1, Duration.ofHours(1)))) {
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL, (mail) -> false)).isEqualTo(new SendOutcome.Withheld());
			assertThat(connection.exhausted()).isFalse();
			assertThat(server.mailTimes()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void thePermitIsAskedWhenMailIsWritten() {
		AtomicLong before = new AtomicLong();
		try (ScriptedSmtpServer server = ScriptedSmtpServer.with((stage, argument) -> null).pipelining().start();
				SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()))) {
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL, (mail) -> {
				assertThat(server.mailTimes()).isEmpty();
				before.set(System.nanoTime());
				mail.write();
				return true;
			})).isInstanceOf(SendOutcome.Accepted.class);
			List<Long> times = server.mailTimes();
			assertThat(times).singleElement().satisfies((time) -> assertThat(time - before.get()).isPositive());
		}
	}

	@Test
	void aPermitThatFailsCostsTheConnectionAndNoMore() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
				SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()))) {
			assertThat(connection.open()).isEmpty();
			assertThatIllegalStateException().isThrownBy(() -> connection.deliver(SENDER, READER, MAIL, (mail) -> {
				throw new IllegalStateException("the database is gone");
			}));
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.RelayUnavailable.class);
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
		}
	}

	@Test
	void anAbortEndsTheWaitForARelay() throws Exception {
		assertThat(abortedAt(Stage.CONTENT)).isInstanceOf(SendOutcome.Uncertain.class);
		assertThat(abortedAt(Stage.RCPT)).isInstanceOf(SendOutcome.RelayUnavailable.class);
	}

	private static SendOutcome abortedAt(Stage at) throws InterruptedException, ExecutionException, TimeoutException {
		CountDownLatch reached = new CountDownLatch(1);
		CountDownLatch testOver = new CountDownLatch(1);
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start((stage, argument) -> {
			if (stage == at) {
				reached.countDown();
				awaitQuietly(testOver);
			}
			return null;
		}); SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()))) {
			assertThat(connection.open()).isEmpty();
			CompletableFuture<SendOutcome> outcome = CompletableFuture
				.supplyAsync(() -> connection.deliver(SENDER, READER, MAIL));
			reached.await();
			connection.abort();
			return outcome.get(20, TimeUnit.SECONDS);
		}
		finally {
			testOver.countDown();
		}
	}

	@Test
	void aConnectionAbortedWhileIdleCanBeOpenedAgain() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
				SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", server.port()))) {
			connection.abort();
			assertThat(connection.open()).isEmpty();
			connection.abort();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.RelayUnavailable.class);
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
		}
	}

	@Test
	void aRelayThatStopsReadingIsGivenUpAfterTheWriteTimeout() {
		CountDownLatch testOver = new CountDownLatch(1);
		try (LineServer server = LineServer.start((line) -> {
			if (line.equals("more than the kernel buffers")) {
				awaitQuietly(testOver);
			}
			return line.equals("DATA") ? "354 go on" : line.matches("(EHLO|MAIL|RCPT).*") ? "250 ok" : "";
		});
				SmtpConnection connection = new SmtpConnection(new RelaySettings("127.0.0.1", server.relay().port(),
						null, null, "smtp", Map.of("mail.smtp.writetimeout", "300")))) {
			assertThat(connection.open()).isEmpty();
			byte[] large = "more than the kernel buffers\r\n".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
			assertThat(connection.deliver(SENDER, READER, large)).isInstanceOf(SendOutcome.Uncertain.class);
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

	private static Relay relay(ScriptedSmtpServer server, int messages, Duration lifetime) {
		return new Relay("main", "127.0.0.1", server.port(), Relay.Protocol.SMTP, null, null, 1, null, null, messages,
				lifetime, Relay.StartTls.WHEN_OFFERED, false, Map.of());
	}

}
