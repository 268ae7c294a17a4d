package dev.herald.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server that sees single lines and may keep quiet, for what the scripted one can't
 * say: one connection after the other, greeted with 220.
 */
final class LineServer implements AutoCloseable {

	private final ServerSocket listener;

	private final Function<String, String> replies;

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private LineServer(ServerSocket listener, Function<String, String> replies) {
		this.listener = listener;
		this.replies = replies;
	}

	/**
	 * @param replies to a line; the empty text is no reply
	 */
	static LineServer start(Function<String, String> replies) {
		try {
			LineServer server = new LineServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), replies);
			Thread thread = new Thread(server::serve, "line-server");
			thread.setDaemon(true);
			thread.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve() {
		while (!this.listener.isClosed()) {
			try (Socket socket = this.listener.accept()) {
				converse(socket);
			}
			catch (IOException ex) {
				// The client went away, or the test ended.
			}
		}
	}

	private void converse(Socket socket) throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
		say(socket, "220 lines.test");
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			this.lines.add(line);
			String reply = this.replies.apply(line);
			if (!reply.isEmpty()) {
				say(socket, reply);
			}
		}
	}

	private static void say(Socket socket, String text) throws IOException {
		socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	List<String> lines() {
		return this.lines;
	}

	RelaySettings relay() {
		return new RelaySettings("127.0.0.1", this.listener.getLocalPort(), null, null, "smtp",
				Map.of("mail.smtp.timeout", "20000"));
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
