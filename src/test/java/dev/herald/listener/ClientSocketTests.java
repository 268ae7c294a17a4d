package dev.herald.listener;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientSocketTests {

	/**
	 * It was late without one, and was closed before its greeting when it was seen just
	 * then.
	 */
	@Test
	void hasADeadlineFromItsFirstMoment() throws Exception {
		try (ServerSocket server = ClientSocket.listening(Duration.ofMinutes(1))) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
					ClientSocket accepted = (ClientSocket) server.accept()) {
				long now = System.nanoTime();

				assertThat(client.isConnected()).isTrue();
				assertThat(accepted.isLate(now)).isFalse();
				assertThat(accepted.isLate(now + Duration.ofMinutes(2).toNanos())).isTrue();
			}
		}
	}

}
