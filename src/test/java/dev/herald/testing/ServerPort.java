package dev.herald.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free port on loopback: for a server that comes up later or comes up again, or where
 * none is to answer.
 */
public final class ServerPort {

	private static final int FIRST = 20_000;

	/**
	 * From here on Linux gives ports to whatever asks for none by number: a port up there
	 * that is free now may be a connection of another test in a moment.
	 */
	private static final int FIRST_EPHEMERAL = 32_768;

	private static final int ATTEMPTS = 100;

	private ServerPort() {
	}

	public static int find() {
		for (int i = 0; i < ATTEMPTS; i++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_EPHEMERAL);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// Somebody has it.
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		throw new IllegalStateException(
				"No free port from %d to %d in %d attempts".formatted(FIRST, FIRST_EPHEMERAL - 1, ATTEMPTS));
	}

}
