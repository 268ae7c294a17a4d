package dev.herald.listener;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.herald.bounce.Rows;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.DropConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Whatever a client does, it is soon over, and the next one is served. */
@Timeout(60)
class HostileClientTests {

	@SuppressWarnings("NullAway.Init") // Set before all tests.
	private static ListenerFixture fixture;

	private final List<WireClient> clients = new ArrayList<>();

	@BeforeAll
	static void open() {
		fixture = new ListenerFixture(TestDatabase.H2);
	}

	@BeforeEach
	void prepare() {
		fixture.rows().insert();
	}

	@AfterEach
	void hangUp() {
		this.clients.forEach(WireClient::close);
	}

	@AfterAll
	static void close() {
		fixture.close();
	}

	private WireClient dial() {
		WireClient client = WireClient.dial(fixture.port());
		this.clients.add(client);
		return client;
	}

	private WireClient greeted() {
		WireClient client = dial();
		assertThat(client.reply()).startsWith("220 ");
		client.say("EHLO mx.example.net");
		return client;
	}

	private void begin(WireClient client) {
		client.say("MAIL FROM:<>");
		client.say("RCPT TO:<" + fixture.bounces(1) + ">");
		assertThat(client.say("DATA")).startsWith("354 ");
	}

	private static String report() {
		return ListenerFixture.report("", Rows.address(1));
	}

	private void assertServing() {
		assertThat(greeted().mail("", fixture.bounces(1), report())).isEqualTo("250 2.0.0 Recorded");
	}

	/** SMTP smuggling, CVE-2023-51764 and its kin. */
	@ParameterizedTest
	@ValueSource(strings = { "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n.\r", "\r\n\0.\r\n",
			"\r\n.\r\r\n", "\r\r\n.\n" })
	void onlyADotBetweenWholeLineEndsIsTheEnd(String noEnd) {
		fixture.start();
		WireClient client = greeted();
		begin(client);
		String smuggled = "MAIL FROM:<>\r\nRCPT TO:<" + fixture.bounces(2) + ">\r\nDATA\r\n"
				+ ListenerFixture.report("", Rows.address(2));

		client.send(report() + "a" + noEnd + smuggled);
		assertThat(client.say(".")).isEqualTo("250 2.0.0 Recorded");
		assertThat(client.say("QUIT")).as("the next reply").isEqualTo("221 2.0.0 Bye");

		assertThat(fixture.rows().bounces()).containsExactly("1 HARD userunknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOOP\nNOOP\r\n", "NOOP\rNOOP\r\n", "MAIL FROM:<>\nRCPT TO:<a@b.example>\r\n" })
	void aBareLineEndInACommandEndsTheConversation(String line) {
		fixture.start();
		WireClient client = greeted();
		client.send(line);
		assertThat(client.reply()).startsWith("501 ");
		assertThat(client.reply()).isEqualTo("closed");
		assertServing();
	}

	@Test
	void aLineWithoutEndEndsTheConversation() {
		fixture.start();
		WireClient client = greeted();
		sendUntilClosed(client, ListenerFixture.bytes("x".repeat(8192)), 2_000);
		assertServing();
	}

	@Test
	void garbageSentAheadEndsTheConversation() {
		fixture.start();
		Random random = new Random(7);
		for (int i = 0; i < 20; i++) {
			byte[] garbage = new byte[4096];
			random.nextBytes(garbage);
			sendUntilClosed(dial(), garbage, 2_000);
		}
		sendUntilClosed(greeted(), ListenerFixture.bytes("NOOP\r\nGARBAGE\r\n\r\n\r\n"), 100_000);
		sendUntilClosed(greeted(), new byte[] { (byte) 0xff, (byte) 0xc3, 0, '\r', '\n' }, 100_000);
		assertServing();
	}

	@Test
	void tenThousandRecipientsEndTheConversation() {
		fixture.start();
		WireClient client = greeted();
		client.say("MAIL FROM:<>");
		sendUntilClosed(client, ListenerFixture.bytes("RCPT TO:<" + fixture.bounces(1) + ">\r\n"), 10_000);
		assertServing();
	}

	private static void sendUntilClosed(WireClient client, byte[] part, int most) {
		try {
			for (int i = 0; i < most; i++) {
				client.send(part);
			}
		}
		catch (UncheckedIOException ex) {
			return;
		}
		assertThat(client.rest()).as("all that was said").isNotNull();
	}

	@Test
	void chunksOfBdatAreNoContentAndNoHarm() {
		fixture.start();
		WireClient client = greeted();
		client.say("MAIL FROM:<>");
		client.say("RCPT TO:<" + fixture.bounces(1) + ">");
		client.send("BDAT 86 LAST\r\nSubject: x\r\n");
		assertThat(client.reply()).startsWith("502 5.5.1");
		assertThat(client.reply()).startsWith("500 ");
		assertThat(client.say("RSET")).startsWith("250 ");
		assertThat(client.mail("", fixture.bounces(1), report())).isEqualTo("250 2.0.0 Recorded");
	}

	@Test
	void nulsInACommandAreRefusedAndInAMailTheyAreData() {
		fixture.start();
		WireClient client = greeted();
		assertThat(client.say("MAIL FROM:<a\0@example.net>")).startsWith("501 ");
		assertThat(client.say("NO\0OP")).startsWith("500 ");
		assertThat(client.mail("", fixture.bounces(1), report() + "\0\0\0\r\n")).isEqualTo("250 2.0.0 Recorded");
	}

	@Test
	void whoIsSilentIsLeftAfterTheTimeout() {
		fixture.start("timeout=1s");
		WireClient idle = greeted();
		WireClient midway = greeted();
		begin(midway);
		assertThat(idle.reply()).startsWith("421 ");
		assertThat(midway.reply()).startsWith("421 ");
		assertThat(midway.reply()).isEqualTo("closed");
		assertThat(fixture.rows().bounces()).isEmpty();
		assertServing();
	}

	@Test
	void whoTricklesIsLeftAfterFiveTimeouts() {
		fixture.start("timeout=1s", "max-connections=2");
		WireClient commands = greeted();
		WireClient content = greeted();
		begin(content);
		await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200)).until(() -> {
			boolean open = commands.trySend("N");
			return !content.trySend("x") && !open;
		});
		assertServing();
	}

	@Test
	void whoDoesNotReadIsLeft() {
		fixture.start("timeout=1s", "max-connections=1");
		WireClient deaf = greeted();
		for (int i = 0; i < 7_000; i++) {
			if (!deaf.trySend("EHLO x\r\n")) {
				break;
			}
		}
		await().atMost(Duration.ofSeconds(20)).until(() -> dial().reply().startsWith("220 "));
	}

	@Test
	void moreConnectionsThanAllowedAreToldToComeBack() {
		fixture.start("max-connections=2");
		WireClient one = greeted();
		greeted();
		assertThat(dial().reply()).startsWith("421 ");
		one.say("QUIT");
		await().atMost(Duration.ofSeconds(20)).until(() -> dial().reply().startsWith("220 "));
	}

	@Test
	void aHundredClientsAtOnceAreServedOrToldSo() {
		fixture.start("max-connections=3");
		List<WireClient> crowd = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			crowd.add(dial());
		}
		crowd.forEach(WireClient::close);
		await().atMost(Duration.ofSeconds(20)).until(() -> dial().reply().startsWith("220 "));
	}

	@Test
	void aClientHasItsRates() {
		fixture.start("connections-per-minute=2", "messages-per-minute=2");
		WireClient client = greeted();
		for (int i = 0; i < 2; i++) {
			assertThat(client.mail("", fixture.bounces(1), report())).isEqualTo("250 2.0.0 Recorded");
		}
		assertThat(client.say("MAIL FROM:<>")).isEqualTo("450 4.7.1 Too many mails, try again later");
		greeted();
		WireClient third = dial();
		assertThat(third.reply()).isEqualTo("421 4.7.0 Too many connections, try again later");
		assertThat(third.reply()).isEqualTo("closed");
	}

	@Test
	void aClientOfAnotherNetworkIsTurnedAway() {
		fixture.start("clients=192.0.2.0/24");
		WireClient client = dial();
		assertThat(client.reply()).isEqualTo("554 5.7.1 Not for this client");
		assertThat(client.reply()).isEqualTo("closed");
		fixture.start("clients=192.0.2.0/24,127.0.0.0/8");
		assertServing();
	}

	@Test
	void aMailThatIsCutOffIsNotRecorded() {
		fixture.start();
		WireClient client = greeted();
		begin(client);
		client.send(report() + ".");
		client.close();
		assertServing();
		assertThat(fixture.rows().bounces()).hasSize(1);
	}

	@Test
	void contentWithoutEndEndsTheConversation() {
		fixture.start("max-size=64KB");
		WireClient client = greeted();
		begin(client);
		sendUntilClosed(client, ListenerFixture.bytes("x".repeat(8190) + "\r\n"), 10_000);
		assertThat(fixture.rows().bounces()).isEmpty();
		assertServing();
	}

	@Test
	void ofALargeMailOnlyTheBeginningIsKept() throws Exception {
		MailContent mail = MailContent.read(zeros(50_000_000), 1_000, 50_000_000);
		assertThat(mail.beginning()).hasSize(1_000);
		assertThat(mail.size()).isEqualTo(50_000_000);
		assertThat(MailContent.read(new ByteArrayInputStream(new byte[10]), 1_000, 5).size()).isEqualTo(10);
		assertThatExceptionOfType(DropConnectionException.class)
			.isThrownBy(() -> MailContent.read(zeros(50_000_000), 1_000, 20_000_000));
	}

	private static InputStream zeros(int count) {
		return new InputStream() {

			private int left = count;

			@Override
			public int read() {
				return (this.left-- > 0) ? 0 : -1;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				int read = Math.min(length, this.left);
				this.left -= read;
				return (read > 0) ? read : -1;
			}
		};
	}

}
