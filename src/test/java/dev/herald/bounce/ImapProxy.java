package dev.herald.bounce;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stands before a real IMAP server and makes of it one with less, more or other. */
final class ImapProxy implements AutoCloseable {

	private final ServerSocket listening;

	private final int port;

	private final UnaryOperator<String> reply;

	private final Function<String, Optional<String>> answer;

	private final List<String> commands = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private ImapProxy(int port, UnaryOperator<String> reply, Function<String, Optional<String>> answer) {
		try {
			this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.port = port;
		this.reply = reply;
		this.answer = answer;
		start(this::accept);
	}

	/**
	 * @param reply makes another line of each that the server sends
	 */
	static ImapProxy replying(int port, UnaryOperator<String> reply) {
		return new ImapProxy(port, reply, (command) -> Optional.empty());
	}

	/**
	 * @param answer what the client gets for a command, without its tag, that the server
	 * then never sees; empty passes it on
	 */
	static ImapProxy answering(int port, UnaryOperator<String> reply, Function<String, Optional<String>> answer) {
		return new ImapProxy(port, reply, answer);
	}

	static ImapProxy without(int port, String... capabilities) {
		return replying(port, (line) -> {
			String less = line;
			for (String capability : capabilities) {
				less = less.contains("CAPABILITY") ? less.replace(" " + capability, "") : less;
			}
			return less;
		});
	}

	int port() {
		return this.listening.getLocalPort();
	}

	/** What clients have sent, without tags. */
	List<String> commands() {
		return this.commands;
	}

	long count(String command) {
		return this.commands.stream().filter((line) -> line.startsWith(command)).count();
	}

	/** As if the network were gone for a moment. */
	void cut() {
		this.sockets.forEach(ImapProxy::close);
		this.sockets.clear();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listening.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.port);
				this.sockets.add(client);
				this.sockets.add(server);
				OutputStream toClient = new BufferedOutputStream(client.getOutputStream());
				start(() -> pump(server, client, (line) -> write(toClient, this.reply.apply(line))));
				OutputStream toServer = new BufferedOutputStream(server.getOutputStream());
				start(() -> pump(client, server, (line) -> command(line, toServer, toClient)));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void command(String line, OutputStream toServer, OutputStream toClient) throws IOException {
		int space = line.indexOf(' ');
		String command = line.substring(space + 1).stripTrailing();
		this.commands.add(command);
		Optional<String> own = this.answer.apply(command);
		if (own.isPresent()) {
			write(toClient, own.get().replace("TAG", line.substring(0, Math.max(0, space))));
		}
		else {
			write(toServer, line);
		}
	}

	private static void pump(Socket from, Socket to, Line line) {
		try (from; to; InputStream in = new BufferedInputStream(from.getInputStream())) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			for (int next = in.read(); next >= 0; next = in.read()) {
				bytes.write(next);
				if (next == '\n') {
					line.pass(bytes.toString(StandardCharsets.ISO_8859_1));
					bytes.reset();
				}
			}
		}
		catch (IOException ex) {
			// Cut, by a test or by the other side.
		}
	}

	private static void write(OutputStream out, String line) throws IOException {
		synchronized (out) {
			out.write(line.getBytes(StandardCharsets.ISO_8859_1));
			out.flush();
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "imap-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// It was closed already.
		}
	}

	@Override
	public void close() {
		close(this.listening);
		cut();
	}

	private interface Line {

		void pass(String line) throws IOException;

	}

}
