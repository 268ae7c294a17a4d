package dev.herald.listener;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Properties;

import dev.herald.bounce.Rows;
import dev.herald.testing.TestCertificate;
import dev.herald.testing.TestDatabase;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the listener says, line by line. */
class ListenerProtocolTests {

	private static final TestCertificate CERTIFICATE = TestCertificate.of("ip:127.0.0.1");

	@SuppressWarnings("NullAway.Init") // Set before all tests.
	private static ListenerFixture fixture;

	@BeforeAll
	static void open() {
		fixture = new ListenerFixture(TestDatabase.H2);
		fixture.offerTls(CERTIFICATE.context());
	}

	@BeforeEach
	void prepare() {
		fixture.rows().insert();
	}

	@AfterAll
	static void close() {
		fixture.close();
	}

	private static WireClient greeted(String... settings) {
		fixture.start(settings);
		WireClient client = fixture.connect();
		client.say("EHLO mx.example.net");
		return client;
	}

	private static String report() {
		return ListenerFixture.report("", Rows.address(1));
	}

	@Test
	void smtpIsGreetedWithEhloOrHelo() {
		fixture.start();
		try (WireClient client = WireClient.dial(fixture.port())) {
			assertThat(client.reply()).isEqualTo("220 example.org ESMTP Herald");
			assertThat(client.say("MAIL FROM:<>")).isEqualTo("503 5.5.1 Not now");
			assertThat(client.lines("EHLO mx.example.net")).containsExactly("250-example.org", "250-PIPELINING",
					"250-SIZE 10485760", "250-8BITMIME", "250-SMTPUTF8", "250-STARTTLS", "250 ENHANCEDSTATUSCODES");
			assertThat(client.lines("helo mx.example.net")).containsExactly("250 example.org");
			assertThat(client.say("EHLO")).isEqualTo("501 5.5.4 Who are you?");
			assertThat(client.say("LHLO mx.example.net")).startsWith("500 ");
			assertThat(client.say("QUIT")).isEqualTo("221 2.0.0 Bye");
			assertThat(client.reply()).isEqualTo("closed");
		}
	}

	@Test
	void lmtpIsGreetedWithLhloAlone() {
		fixture.start("protocol=lmtp", "max-size=1MB");
		try (WireClient client = fixture.connect()) {
			assertThat(client.say("EHLO mx.example.net")).isEqualTo("500 5.5.1 This is LMTP");
			assertThat(client.say("HELO mx.example.net")).isEqualTo("500 5.5.1 This is LMTP");
			assertThat(client.say("MAIL FROM:<>")).startsWith("503 ");
			assertThat(client.lines("LHLO mx.example.net")).contains("250-PIPELINING", "250-SIZE 1048576",
					"250 ENHANCEDSTATUSCODES");
		}
	}

	/** RFC 2033 section 4.2: a reply for each recipient that was accepted. */
	@Test
	void overLmtpThereIsOneReplyForTheOneRecipientThatWasAccepted() {
		fixture.start("protocol=lmtp");
		try (WireClient client = fixture.connect()) {
			client.say("LHLO mx.example.net");
			client.say("MAIL FROM:<>");
			assertThat(client.say("RCPT TO:<nobody@example.org>")).startsWith("550 5.1.1");
			assertThat(client.say("RCPT TO:<" + fixture.bounces(1) + ">")).startsWith("250 2.1.5");
			assertThat(client.say("RCPT TO:<" + fixture.bounces(2) + ">"))
				.isEqualTo("452 4.5.3 One recipient at a time");
			assertThat(client.say("DATA")).startsWith("354 ");
			client.send(report());
			assertThat(client.say(".")).isEqualTo("250 2.0.0 Recorded");
			assertThat(client.say("NOOP")).as("nothing more was said").isEqualTo("250 2.0.0 Ok");
			assertThat(client.mail("", fixture.bounces(2), report())).isEqualTo("250 2.0.0 Recorded");
		}
		assertThat(fixture.rows().bounces()).hasSize(2);
	}

	@Test
	void commandsMayBeSentAheadBeforeTheContentAndBehindIt() {
		try (WireClient client = greeted()) {
			String begin = "MAIL FROM:<>\r\nRCPT TO:<" + fixture.bounces(1) + ">\r\nDATA\r\n";
			client.send(begin);
			assertThat(List.of(client.reply(), client.reply(), client.reply().substring(0, 3)))
				.containsExactly("250 2.1.0 Ok", "250 2.1.5 Ok", "354");
			client.send(report() + ".\r\n" + begin.replace("DATA", "NOOP") + "DATA\r\n");
			assertThat(List.of(client.reply(), client.reply(), client.reply(), client.reply(),
					client.reply().substring(0, 3)))
				.containsExactly("250 2.0.0 Recorded", "250 2.1.0 Ok", "250 2.1.5 Ok", "250 2.0.0 Ok", "354");
			client.send(report() + ".\r\nQUIT\r\n");
			assertThat(List.of(client.reply(), client.reply())).containsExactly("250 2.0.0 Recorded", "221 2.0.0 Bye");
		}
	}

	@Test
	void theSizeIsLimitedWhenItIsAnnouncedAndWhenItIsSent() {
		try (WireClient client = greeted("max-size=64KB")) {
			assertThat(client.say("MAIL FROM:<> SIZE=65537")).isEqualTo("552 5.3.4 Too large");
			assertThat(client.say("MAIL FROM:<> SIZE=99999999999999999999 BODY=8BITMIME")).startsWith("552 5.3.4");
			assertThat(client.say("MAIL FROM:<> BODY=8BITMIME SIZE=65536 SMTPUTF8")).isEqualTo("250 2.1.0 Ok");
			client.say("RSET");

			String tooLarge = report() + ("x".repeat(998) + "\r\n").repeat(66);
			assertThat(client.mail("", fixture.bounces(1), tooLarge)).isEqualTo("552 5.3.4 Too large");
			assertThat(fixture.rows().bounces()).isEmpty();
			assertThat(client.mail("", fixture.bounces(1), report())).isEqualTo("250 2.0.0 Recorded");
		}
	}

	@Test
	void aMailThatIsLargerThanWhatIsReadCountsByItsBeginning() {
		try (WireClient client = greeted()) {
			String large = report() + ("x".repeat(998) + "\r\n").repeat(5_000);
			assertThat(client.mail("", fixture.bounces(1), large)).isEqualTo("250 2.0.0 Recorded");
		}
		assertThat(fixture.rows().bounces()).containsExactly("1 HARD userunknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "VRFY bounce", "EXPN bounce", "AUTH PLAIN AGEAYg==", "HELP", "HELP RCPT", "BDAT 0 LAST" })
	void whatIsNotOfferedIsRefused(String command) {
		try (WireClient client = greeted()) {
			assertThat(client.lines(command)).containsExactly("502 5.5.1 Not offered");
		}
	}

	@Test
	void commandsOutOfOrderAndWithStrangeParametersAreRefused() {
		try (WireClient client = greeted()) {
			assertThat(client.say("RCPT TO:<" + fixture.bounces(1) + ">")).isEqualTo("503 5.5.1 MAIL first");
			assertThat(client.say("DATA")).isEqualTo("503 5.5.1 No recipient");
			assertThat(client.say("MAIL FROM:<> BODY=BINARYMIME")).isEqualTo("555 5.5.4 Unknown parameter");
			assertThat(client.say("MAIL FROM:<> SIZE=-1")).isEqualTo("555 5.5.4 Unknown parameter");
			assertThat(client.say("MAIL FROM:<>")).isEqualTo("250 2.1.0 Ok");
			assertThat(client.say("MAIL FROM:<>")).isEqualTo("503 5.5.1 Not now");
			assertThat(client.say("RCPT TO:<" + fixture.bounces(1) + "> NOTIFY=NEVER"))
				.isEqualTo("555 5.5.4 Unknown parameter");
			assertThat(client.say("DATA")).isEqualTo("503 5.5.1 No recipient");
			client.say("RCPT TO:<" + fixture.bounces(1) + ">");
			assertThat(client.say("DATA now")).isEqualTo("501 5.5.4 No parameters here");
			client.say("EHLO again.example.net");
			assertThat(client.say("DATA")).as("EHLO is a reset").isEqualTo("503 5.5.1 No recipient");
		}
	}

	@Test
	void afterStartTlsAllBeginsAnewAndInSecret() {
		try (WireClient client = greeted()) {
			assertThat(client.say("STARTTLS")).startsWith("220 ");
			client.startTls(CERTIFICATE.trusting());
			assertThat(client.say("MAIL FROM:<>")).startsWith("503 ");
			assertThat(client.lines("EHLO mx.example.net")).doesNotContain("250-STARTTLS").contains("250-8BITMIME");
			assertThat(client.mail("", fixture.bounces(1), report())).isEqualTo("250 2.0.0 Recorded");
		}
	}

	/** CVE-2011-0411. */
	@Test
	void whatWasSentInClearBehindStartTlsIsNotObeyed() {
		try (WireClient client = greeted()) {
			client.send("STARTTLS\r\nNOOP\r\nNOOP\r\nNOOP\r\n");
			assertThat(client.reply()).startsWith("220 ");
			assertThat(client.rest()).doesNotContain("250 ");
		}
	}

	@Test
	void aMailLibrarysMailComesInWhole() throws Exception {
		fixture.start();
		Properties properties = new Properties();
		properties.put("mail.smtp.from", "<>");
		properties.put("mail.smtp.starttls.required", "true");
		properties.put("mail.smtp.ssl.trust", "127.0.0.1");
		Session session = Session.getInstance(properties);
		MimeMessage mail = new MimeMessage(session, new ByteArrayInputStream(ListenerFixture.bytes(report())));
		try (Transport transport = session.getTransport("smtp")) {
			transport.connect("127.0.0.1", fixture.port(), null, null);
			transport.sendMessage(mail, new Address[] { new InternetAddress(fixture.bounces(1)) });
		}
		assertThat(fixture.rows().bounces()).containsExactly("1 HARD userunknown");
	}

}
