package dev.herald.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.testing.ScriptedSmtpOptions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RelayTlsTests {

	private static final EmailAddress SENDER = EmailAddress.parse("bounce+token@news.example");

	private static final EmailAddress READER = EmailAddress.parse("reader@example.org");

	private static final byte[] MAIL = "Subject: x\r\n\r\n.body\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final TestCertificate FITTING = TestCertificate.of("ip:127.0.0.1");

	private static final TestCertificate OF_ANOTHER = TestCertificate.of("dns:another.test");

	private static final Map<String, String> TRUST = Map.of("mail.smtp.ssl.trust", "*", "mail.smtps.ssl.trust", "*");

	@Test
	void mailGoesThroughStartTlsWhereItIsOffered() {
		assertAccepted(plain().pipelining().startTls(FITTING), Relay.Protocol.SMTP, Relay.StartTls.WHEN_OFFERED);
		assertAccepted(plain().startTls(FITTING), Relay.Protocol.SMTP, Relay.StartTls.REQUIRED);
	}

	@Test
	void smtpsIsTlsFromTheFirstByte() {
		assertAccepted(plain().pipelining().tls(FITTING), Relay.Protocol.SMTPS, Relay.StartTls.WHEN_OFFERED);
	}

	@Test
	void withoutAnOfferMailGoesInClearUnlessTlsIsRequired() {
		assertAccepted(plain(), Relay.Protocol.SMTP, Relay.StartTls.WHEN_OFFERED);
		assertUnavailable(plain(), Relay.StartTls.REQUIRED, TRUST, "STARTTLS is required");
	}

	@Test
	void starttlsNeverLeavesAnOfferAlone() {
		assertAccepted(plain().startTls(OF_ANOTHER), Relay.Protocol.SMTP, Relay.StartTls.NEVER);
	}

	@Test
	void aCertificateThatNobodyVouchesForIsNotTrusted() {
		assertUnavailable(plain().startTls(FITTING), Relay.StartTls.WHEN_OFFERED, Map.of(),
				"can't be trusted, its certificate does not fit: ");
		assertUnavailable(plain().startTls(FITTING), Relay.StartTls.REQUIRED, Map.of(),
				"bring the issuer into the trust store of the JVM");
	}

	@Test
	void aCertificateOfAnotherHostIsNotTrusted() {
		assertUnavailable(plain().startTls(OF_ANOTHER), Relay.StartTls.WHEN_OFFERED, TRUST,
				"Name the relay as its certificate does");
	}

	@Test
	void aRefusalOfStartTlsLetsNothingGoInClear() {
		ScriptedSmtpOptions later = ScriptedSmtpServer
			.with((stage, argument) -> (stage == Stage.STARTTLS) ? "454 4.7.0 TLS not available" : null)
			.startTls(FITTING);
		assertUnavailable(later, Relay.StartTls.WHEN_OFFERED, TRUST, "454 4.7.0 TLS not available");
		ScriptedSmtpOptions never = ScriptedSmtpServer
			.with((stage, argument) -> (stage == Stage.STARTTLS) ? "554 5.7.3 no" : null)
			.startTls(FITTING);
		try (ScriptedSmtpServer server = never.start();
				SmtpConnection connection = connection(server, Relay.Protocol.SMTP, Relay.StartTls.REQUIRED, null,
						TRUST)) {
			assertThat(connection.open())
				.contains(new SendOutcome.Refused(new SmtpReply(554, "5.7.3", "554 5.7.3 no")));
		}
	}

	@Test
	void nameAndPasswordAreTakenOrRefused() {
		try (ScriptedSmtpServer server = plain().startTls(FITTING).auth("herald", "correct horse").start();
				SmtpConnection right = connection(server, Relay.Protocol.SMTP, Relay.StartTls.REQUIRED, "correct horse",
						TRUST);
				SmtpConnection wrong = connection(server, Relay.Protocol.SMTP, Relay.StartTls.REQUIRED,
						"battery staple", TRUST)) {
			assertThat(right.open()).isEmpty();
			assertThat(right.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(wrong.open()).get()
				.isInstanceOfSatisfying(SendOutcome.Refused.class,
						(refused) -> assertThat(refused.reply().text())
							.contains("refused the sign-in: 535 5.7.8 wrong name or password")
							.doesNotContain("battery staple"));
		}
	}

	@Test
	void aSignInThatFailsForNowIsTheRelaysTrouble() {
		try (ScriptedSmtpServer server = ScriptedSmtpServer
			.with((stage, argument) -> (stage == Stage.AUTH) ? "454 4.7.0 try later" : null)
			.auth("herald", "correct horse")
			.start();
				SmtpConnection connection = connection(server, Relay.Protocol.SMTP, Relay.StartTls.NEVER,
						"correct horse", Map.of())) {
			assertThat(connection.open()).get().isInstanceOf(SendOutcome.RelayUnavailable.class);
		}
	}

	private static ScriptedSmtpOptions plain() {
		return ScriptedSmtpServer.with((stage, argument) -> null);
	}

	private static void assertAccepted(ScriptedSmtpOptions options, Relay.Protocol protocol, Relay.StartTls starttls) {
		try (ScriptedSmtpServer server = options.start();
				SmtpConnection connection = connection(server, protocol, starttls, null, TRUST)) {
			assertThat(connection.open()).isEmpty();
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(connection.deliver(SENDER, READER, MAIL)).isInstanceOf(SendOutcome.Accepted.class);
			assertThat(server.received()).hasSize(2)
				.allSatisfy((received) -> assertThat(received.content()).isEqualTo(MAIL));
		}
	}

	private static void assertUnavailable(ScriptedSmtpOptions options, Relay.StartTls starttls,
			Map<String, String> properties, String reason) {
		try (ScriptedSmtpServer server = options.start();
				SmtpConnection connection = connection(server, Relay.Protocol.SMTP, starttls, null, properties)) {
			assertThat(connection.open()).get()
				.isInstanceOfSatisfying(SendOutcome.RelayUnavailable.class,
						(unavailable) -> assertThat(unavailable.reason()).asString()
							.startsWith("The relay main (127.0.0.1:" + server.port() + ") can't be ")
							.contains(reason));
			assertThat(server.received()).isEmpty();
		}
	}

	private static SmtpConnection connection(ScriptedSmtpServer server, Relay.Protocol protocol,
			Relay.StartTls starttls, @Nullable String password, Map<String, String> properties) {
		return new SmtpConnection(
				new Relay("main", "127.0.0.1", server.port(), protocol, (password != null) ? "herald" : null, password,
						1, null, null, 1000, Duration.ofMinutes(10), starttls, false, properties));
	}

}
