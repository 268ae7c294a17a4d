package dev.herald.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.herald.chaos.Mischief.Deed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosSmtpServerTests {

	private static final String TWO_MAILS = """
			EHLO x
			MAIL FROM:<a@b.example>
			RCPT TO:<one@c.example>
			DATA
			..
			hello
			.
			MAIL FROM:<a@b.example>
			RCPT TO:<two@c.example>
			DATA
			.
			QUIT
			""".replace("\n", "\r\n");

	@Test
	void pipelinedCommandsGetTheirRepliesInOrder() throws IOException {
		try (ChaosSmtpServer server = ChaosSmtpServer.start(Mischief.none(), 10, 0)) {
			assertThat(talk(server, TWO_MAILS).lines().map((line) -> line.substring(0, 3))).containsExactly("220",
					"250", "250", "250", "250", "250", "250", "354", "250", "250", "250", "354", "250", "221");
			assertThat(server.taken()).containsExactly("one@c.example", "two@c.example");
		}
	}

	@Test
	void aDroppedReplyIsOfAMessageThatWasTakenOrNot() throws IOException {
		try (ChaosSmtpServer taken = ChaosSmtpServer.start(Mischief.of(1, Map.of(Deed.DROP_AFTER, 1_000)), 10, 0);
				ChaosSmtpServer lost = ChaosSmtpServer.start(Mischief.of(1, Map.of(Deed.DROP_BEFORE, 1_000)), 10, 0)) {
			assertThat(talk(taken, TWO_MAILS)).endsWith("354 go on\r\n");
			assertThat(talk(lost, TWO_MAILS)).endsWith("354 go on\r\n");
			assertThat(taken.taken()).containsExactly("one@c.example");
			assertThat(lost.taken()).isEmpty();
			assertThat(taken.drops() + lost.drops()).isEqualTo(2);
		}
	}

	@Test
	void whoIsGreylistedIsTakenTheSecondTime() throws IOException {
		try (ChaosSmtpServer server = ChaosSmtpServer.start(Mischief.of(1, Map.of(Deed.GREYLIST, 1_000)), 10, 0)) {
			assertThat(talk(server, TWO_MAILS)).contains("450 4.7.1 ", "503 5.5.1 ");
			assertThat(server.taken()).isEmpty();
			talk(server, TWO_MAILS);
			assertThat(server.taken()).hasSize(2);
		}
	}

	@Test
	void oneConnectionTooManyIsSentAway() throws IOException {
		try (ChaosSmtpServer server = ChaosSmtpServer.start(Mischief.none(), 1, 0);
				Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			assertThat(first.getInputStream().read()).isEqualTo('2');
			assertThat(talk(server, "")).startsWith("421 ");
			assertThat(server.refusedConnections()).isEqualTo(1);
		}
	}

	private static String talk(ChaosSmtpServer server, String all) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			socket.getOutputStream().write(all.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
