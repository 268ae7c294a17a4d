package dev.herald.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A sink for machines without Postfix: a thread a connection, in the benchmark's own
 * process. Replies are flushed when nothing more has been received, so that pipelined
 * commands are answered together.
 */
final class JavaSink implements Sink {

	private final ServerSocket listener;

	JavaSink() {
		try {
			this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		daemon(this::accept);
	}

	@Override
	public int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public String name() {
		return "the benchmark's own sink (smtp-sink is not installed)";
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed: the run is over.
		}
	}

	private static void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			new Conversation(socket).run();
		}
		catch (IOException ex) {
			// The sender went away.
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "sink");
		thread.setDaemon(true);
		thread.start();
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

	private static final class Conversation {

		private final InputStream in;

		private final OutputStream out;

		private final byte[] line = new byte[2048];

		Conversation(Socket socket) throws IOException {
			this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
			this.out = new BufferedOutputStream(socket.getOutputStream());
		}

		void run() throws IOException {
			say("220 sink ESMTP");
			for (String command = read(); command != null; command = read()) {
				switch (command.substring(0, Math.min(4, command.length())).toUpperCase(Locale.ROOT)) {
					case "EHLO" -> say("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES");
					case "DATA" -> {
						say("354 go on");
						skipContent();
						say("250 2.0.0 taken");
					}
					case "QUIT" -> {
						say("221 2.0.0 bye");
						return;
					}
					default -> say("250 2.0.0 ok");
				}
			}
		}

		private void say(String reply) throws IOException {
			this.out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
			if (this.in.available() == 0) {
				this.out.flush();
			}
		}

		private @Nullable String read() throws IOException {
			int length = 0;
			for (int b = this.in.read(); b >= 0; b = this.in.read()) {
				if (b == '\n') {
					return new String(this.line, 0, length, StandardCharsets.UTF_8).stripTrailing();
				}
				if (length < this.line.length) {
					this.line[length++] = (byte) b;
				}
			}
			return null;
		}

		/** Until CR LF dot CR LF, seen as a sliding window over the last five bytes. */
		private void skipContent() throws IOException {
			// What came before is the line end of DATA.
			long window = 0x0d0aL;
			while (window != 0x0d0a2e0d0aL) {
				int b = this.in.read();
				if (b < 0) {
					throw new IOException("the sender hung up in mid-message");
				}
				window = (window << 8 | b) & 0xffffffffffL;
			}
		}

	}

}
