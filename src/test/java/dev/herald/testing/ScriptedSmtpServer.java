package dev.herald.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on loopback that answers as it is told, and whose own record says what
 * it took: the other side of the ledger's story. Thread-safe; its record takes hundreds
 * of thousands of messages.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

	/** In place of a reply: the connection is closed without a word. */
	public static final String HANG_UP = "HANG UP";

	/** After the message: it is taken, and the connection is closed without saying so. */
	public static final String TAKEN_THEN_HANG_UP = "TAKEN HANG UP";

	private final ServerSocket listener;

	private final ScriptedSmtpOptions options;

	private final List<Received> received = new ArrayList<>();

	private final List<Long> mailTimes = new ArrayList<>();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger turnedAway = new AtomicInteger();

	private ScriptedSmtpServer(ServerSocket listener, ScriptedSmtpOptions options) {
		this.listener = listener;
		this.options = options;
	}

	/** Takes everything. */
	public static ScriptedSmtpServer start() {
		return start((stage, argument) -> null);
	}

	public static ScriptedSmtpServer start(Script script) {
		return start(0, script);
	}

	public static ScriptedSmtpServer start(int port, Script script) {
		return with(script).start(port);
	}

	/** To choose what the server offers and how it behaves, then to start it. */
	public static ScriptedSmtpOptions with(Script script) {
		return new ScriptedSmtpOptions(script);
	}

	static ScriptedSmtpServer start(int port, ScriptedSmtpOptions options) {
		try {
			ScriptedSmtpServer server = new ScriptedSmtpServer(
					new ServerSocket(port, 100, InetAddress.getLoopbackAddress()), options);
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

	/** Every message that was taken so far, even where the client was not told. */
	public List<Received> received() {
		synchronized (this.received) {
			return List.copyOf(this.received);
		}
	}

	public List<String> recipients() {
		return received().stream().map(Received::recipient).toList();
	}

	/** System.nanoTime() of each MAIL, when it was read. */
	public List<Long> mailTimes() {
		synchronized (this.mailTimes) {
			return List.copyOf(this.mailTimes);
		}
	}

	/** All that were ever accepted, those turned away among them. */
	public int connections() {
		return this.connections.get();
	}

	/** Connections over the cap, which got a 421. */
	public int turnedAway() {
		return this.turnedAway.get();
	}

	void took(Received message) {
		synchronized (this.received) {
			this.received.add(this.options.keepsContents() ? message
					: new Received(message.sender(), message.recipient(), new byte[0]));
		}
	}

	void sawMail() {
		long now = System.nanoTime();
		synchronized (this.mailTimes) {
			this.mailTimes.add(now);
		}
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.connections.incrementAndGet();
				this.open.add(socket);
				boolean welcome = this.open.size() <= this.options.maxConnections();
				daemon(() -> serve(socket, welcome));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket, boolean welcome) {
		try (socket) {
			socket.setTcpNoDelay(true);
			SmtpConversation conversation = new SmtpConversation(this, this.options, socket);
			if (welcome) {
				conversation.run();
			}
			else {
				this.turnedAway.incrementAndGet();
				conversation.say("421 4.7.0 too many connections");
			}
			conversation.hangUp();
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

		CONNECT("220 scripted.test ESMTP"), EHLO(""), STARTTLS("220 2.0.0 go on"), AUTH("235 2.7.0 welcome"),
		MAIL("250 2.1.0 ok"), RCPT("250 2.1.5 ok"), DATA("354 go on"), CONTENT("250 2.0.0 taken"), RSET("250 2.0.0 ok");

		private final String usual;

		Stage(String usual) {
			this.usual = usual;
		}

		/** Of EHLO there is none: it depends on what is offered. */
		String usual() {
			return this.usual;
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

}
