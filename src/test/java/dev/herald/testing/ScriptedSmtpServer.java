package dev.herald.testing;

import java.io.BufferedInputStream;
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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on loopback that answers as it is told, and whose own record says what
 * it took: the other side of the ledger's story.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

	/** In place of a reply: the connection is closed without a word. */
	public static final String HANG_UP = "HANG UP";

	/** After the message: it is taken, and the connection is closed without saying so. */
	public static final String TAKEN_THEN_HANG_UP = "TAKEN HANG UP";

	private final ServerSocket listener;

	private final Script script;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private ScriptedSmtpServer(ServerSocket listener, Script script) {
		this.listener = listener;
		this.script = script;
	}

	/** Takes everything. */
	public static ScriptedSmtpServer start() {
		return start((stage, argument) -> null);
	}

	public static ScriptedSmtpServer start(Script script) {
		return start(0, script);
	}

	public static ScriptedSmtpServer start(int port, Script script) {
		try {
			ScriptedSmtpServer server = new ScriptedSmtpServer(
					new ServerSocket(port, 100, InetAddress.getLoopbackAddress()), script);
			daemon(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/** Every message that was taken, even where the client was not told. */
	public List<Received> received() {
		return this.received;
	}

	public List<String> recipients() {
		return this.received.stream().map(Received::recipient).toList();
	}

	public int connections() {
		return this.connections.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.connections.incrementAndGet();
				this.open.add(socket);
				daemon(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			new Conversation(socket).run();
		}
		catch (IOException ex) {
			// The client went away, or the test ended.
		}
		finally {
			this.open.remove(socket);
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.open) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "scripted-smtp");
		thread.setDaemon(true);
		thread.start();
	}

	/** The points at which a script may speak. */
	public enum Stage {

		CONNECT("220 scripted.test ESMTP"), EHLO("250-scripted.test\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES"),
		MAIL("250 2.1.0 ok"), RCPT("250 2.1.5 ok"), DATA("354 go on"), CONTENT("250 2.0.0 taken"), RSET("250 2.0.0 ok");

		private final String usual;

		Stage(String usual) {
			this.usual = usual;
		}

	}

	/** What to answer. */
	public interface Script {

		/**
		 * @param argument the address in MAIL and RCPT; the recipient in DATA and CONTENT
		 * @return a reply, HANG_UP, or null for the usual reply
		 */
		@Nullable String reply(Stage stage, String argument);

	}

	/** One message that the server took. */
	public record Received(String sender, String recipient, byte[] content) {

		public String text() {
			return new String(this.content, StandardCharsets.UTF_8);
		}

	}

	private final class Conversation {

		private final InputStream in;

		private final OutputStream out;

		private String sender = "";

		private String recipient = "";

		Conversation(Socket socket) throws IOException {
			this.in = new BufferedInputStream(socket.getInputStream());
			this.out = socket.getOutputStream();
		}

		void run() throws IOException {
			boolean goOn = answer(Stage.CONNECT, "").startsWith("2");
			while (goOn) {
				String line = readLine();
				goOn = line != null && command(line);
			}
		}

		private boolean command(String line) throws IOException {
			String verb = line.length() >= 4 ? line.substring(0, 4).toUpperCase(Locale.ROOT) : line;
			return switch (verb) {
				case "EHLO", "HELO" -> goesOn(answer(Stage.EHLO, line.substring(4).strip()));
				case "MAIL" -> {
					this.sender = address(line);
					yield goesOn(answer(Stage.MAIL, this.sender));
				}
				case "RCPT" -> {
					this.recipient = address(line);
					yield goesOn(answer(Stage.RCPT, this.recipient));
				}
				case "DATA" -> data();
				case "RSET" -> goesOn(answer(Stage.RSET, ""));
				case "NOOP" -> goesOn(say("250 2.0.0 ok"));
				case "QUIT" -> {
					say("221 2.0.0 bye");
					yield false;
				}
				default -> goesOn(say("502 5.5.1 no such command"));
			};
		}

		private boolean data() throws IOException {
			String begin = answer(Stage.DATA, this.recipient);
			if (!begin.startsWith("3")) {
				return goesOn(begin);
			}
			byte[] content = readContent();
			String verdict = verdict(Stage.CONTENT, this.recipient);
			boolean taken = verdict.startsWith("2") || verdict.equals(TAKEN_THEN_HANG_UP);
			if (taken) {
				ScriptedSmtpServer.this.received.add(new Received(this.sender, this.recipient, content));
			}
			return goesOn(verdict.equals(TAKEN_THEN_HANG_UP) ? HANG_UP : say(verdict));
		}

		private boolean goesOn(String reply) {
			return !reply.equals(HANG_UP) && !reply.startsWith("421");
		}

		private String answer(Stage stage, String argument) throws IOException {
			return say(verdict(stage, argument));
		}

		private String verdict(Stage stage, String argument) {
			String reply = ScriptedSmtpServer.this.script.reply(stage, argument);
			return (reply != null) ? reply : stage.usual;
		}

		private String say(String reply) throws IOException {
			if (!reply.equals(HANG_UP)) {
				this.out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
				this.out.flush();
			}
			return reply;
		}

		private @Nullable String readLine() throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int b = this.in.read(); b != '\n'; b = this.in.read()) {
				if (b < 0) {
					return null;
				}
				line.write(b);
			}
			return line.toString(StandardCharsets.UTF_8).stripTrailing();
		}

		/** Up to the final dot, dots unstuffed. */
		private byte[] readContent() throws IOException {
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			int previous = '\n';
			boolean lineStart = true;
			while (true) {
				int b = this.in.read();
				if (b < 0) {
					throw new IOException("the client hung up in mid-message");
				}
				if (lineStart && b == '.') {
					int next = this.in.read();
					if (next == '\r') {
						this.in.read();
						return content.toByteArray();
					}
					content.write(next);
					previous = next;
					lineStart = false;
					continue;
				}
				content.write(b);
				lineStart = previous == '\r' && b == '\n';
				previous = b;
			}
		}

		private static String address(String line) {
			int from = line.indexOf('<');
			int to = line.lastIndexOf('>');
			return (from >= 0 && to > from) ? line.substring(from + 1, to) : "";
		}

	}

}
