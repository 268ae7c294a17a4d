package dev.herald.bounce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import dev.herald.bounce.MailboxVisits.Entry;
import dev.herald.bounce.MailboxVisits.Visit;
import dev.herald.problem.Problem;
import dev.herald.testing.ServerPort;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailboxVisitsTests {

	private static MailboxVisits visits(String... properties) {
		return new MailboxVisits(MailboxesTests.read(properties));
	}

	@ParameterizedTest
	@ValueSource(strings = { "imap", "imaps", "pop3" })
	void aMailboxThatCanBeReadTellsHowManyMailsAreInItAndNothingChanges(String protocol) throws Exception {
		try (ReturnsServer server = new ReturnsServer()) {
			server.deliver("From: ann@example.net\nSubject: a question\n\nHello");
			assertThat(visits(server.mailbox("main", protocol)).visit("main")).isEqualTo(new Visit.Open(1));
			assertThat(server.left()).containsExactly("a question");
			assertThat(server.flags()).singleElement()
				.satisfies((flags) -> assertThat(flags.getSystemFlags()).doesNotContain(Flags.Flag.SEEN,
						Flags.Flag.DELETED));
		}
	}

	@Test
	void whatIsWrongIsToldApart() throws Exception {
		try (ReturnsServer server = new ReturnsServer()) {
			assertThat(trouble(ReturnsServer.mailbox("main", "imap", server.port("imap"), "battery staple")))
				.isEqualTo(MailboxTrouble.PASSWORD);
			assertThat(trouble(server.mailbox("main", "imap", "folder=Nowhere"))).isEqualTo(MailboxTrouble.NO_FOLDER);
			String[] untrusted = Arrays.stream(server.mailbox("main", "imaps"))
				.filter((property) -> !property.contains(".ssl."))
				.toArray(String[]::new);
			assertThat(trouble(untrusted)).isEqualTo(MailboxTrouble.CERTIFICATE);
			assertThat(trouble(ReturnsServer.mailbox("main", "imaps", server.port("imap"), "x")))
				.isEqualTo(MailboxTrouble.TLS);
		}
		int closed = ServerPort.find();
		assertThat(trouble(ReturnsServer.mailbox("main", "imap", closed, "x"))).isEqualTo(MailboxTrouble.REFUSED);
	}

	@Test
	@Timeout(20)
	void aServerThatIsSilentIsNotWaitedForLong() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			long begun = System.nanoTime();
			assertThat(trouble(ReturnsServer.mailbox("main", "imap", silent.getLocalPort(), "x", "read-timeout=10m")))
				.isEqualTo(MailboxTrouble.SILENT);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
		}
	}

	private static MailboxTrouble trouble(String[] properties) {
		Visit visit = visits(properties).visit("main");
		assertThat(visit.toString()).doesNotContain("battery staple", ReturnsServer.PASSWORD);
		return ((Visit.Failed) visit).trouble();
	}

	@Test
	void theInnermostCauseCounts() {
		assertThat(MailboxTrouble.of(new MessagingException("x", new UnknownHostException("nowhere"))))
			.isEqualTo(MailboxTrouble.NO_HOST);
		assertThat(MailboxTrouble.of(new MessagingException("x",
				(Exception) new SSLHandshakeException("y").initCause(new CertificateException("z")))))
			.isEqualTo(MailboxTrouble.CERTIFICATE);
		assertThat(MailboxTrouble.of(new MessagingException("x", new SSLException("y")))).isEqualTo(MailboxTrouble.TLS);
		assertThat(MailboxTrouble.of(new MessagingException("x"))).isEqualTo(MailboxTrouble.OTHER);
	}

	@Test
	void onlyWhatTheSettingsNameIsVisitedAndNoPasswordIsTold() {
		MailboxVisits visits = visits(ReturnsServer.mailbox("main", "imap", 143, "battery staple"));
		assertThat(visits.all())
			.containsExactly(new Entry("main", "imap", "127.0.0.1:143", "INBOX", "bounce", "move", true));
		for (String name : new String[] { "other", "", "127.0.0.1", "main.example.org", "../main" }) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> visits.visit(name))
				.withMessageStartingWith("There is no bounce mailbox");
		}
	}

}
