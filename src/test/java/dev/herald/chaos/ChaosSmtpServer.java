package dev.herald.chaos;

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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.herald.chaos.Mischief.Deed;
import org.jspecify.annotations.Nullable;

/**
 * A relay on loopback that misbehaves, and that writes down each message it takes before
 * it says so: its record is the truth that the ledger is held against. It answers command
 * by command, so pipelined commands get their replies in order (RFC 2920). One recipient
 * a message.
 */
final class ChaosSmtpServer implements AutoCloseable {

	private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(300);

	private final ServerSocket listener;

	private final Mischief mischief;

	private final int mostConnections;

	private final long pace;

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger drops = new AtomicInteger();

	private final AtomicInteger refusedConnections = new AtomicInteger();

	private ChaosSmtpServer(ServerSocket listener, Mischief mischief, int mostConnections, long pace) {
		this.listener = listener;
		this.mischief = mischief;
		this.mostConnections = mostConnections;
		this.pace = pace;
	}

	/**
	 * @param mostConnections at a time; a further one is greeted with 421
	 * @param paceMillis before each reply to a message, so that a send takes long enough
	 * to be killed in
	 */
	static ChaosSmtpServer start(Mischief mischief, int mostConnections, int paceMillis) {
		try {
			ChaosSmtpServer server = new ChaosSmtpServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()),
					mischief, mostConnections, TimeUnit.MILLISECONDS.toNanos(paceMillis));
			daemon(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** The recipient of every message that was taken, in the order of taking. */
	List<String> taken() {
		return this.taken;
	}

	/** How often the connection was closed after a message, taken or not. */
	int drops() {
		return this.drops.get();
	}

	int refusedConnections() {
		return this.refusedConnections.get();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			new Conversation(socket).run();
		}
		catch (IOException ex) {
			// The client went away, as killed ones do.
		}
		finally {
			this.open.remove(socket);
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "chaos-smtp");
		thread.setDaemon(true);
		thread.start();
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

	private final class Conversation {

		private final InputStream in;

		private final OutputStream out;

		/** What happens to the message under way; null while none has a recipient. */
		private @Nullable Deed deed;

		private String recipient = "";

		Conversation(Socket socket) throws IOException {
			this.in = new BufferedInputStream(socket.getInputStream());
			this.out = new BufferedOutputStream(socket.getOutputStream());
		}

		void run() throws IOException {
			if (ChaosSmtpServer.this.open.size() > ChaosSmtpServer.this.mostConnections) {
				ChaosSmtpServer.this.refusedConnections.incrementAndGet();
				say("421 4.7.0 too many connections");
				return;
			}
			boolean goOn = say("220 chaos.test ESMTP");
			while (goOn) {
				String line = readLine();
				goOn = line != null && command(line);
			}
		}

		/**
		 * @return whether the connection stays open
		 */
		private boolean command(String line) throws IOException {
			return switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
				case "EHLO" -> say("250-chaos.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES");
				case "MAIL", "RSET", "NOOP" -> {
					this.deed = null;
					yield say("250 2.0.0 ok");
				}
				case "RCPT" -> rcpt(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
				case "DATA" -> (this.deed != null) ? data(this.deed) : say("503 5.5.1 no valid recipient");
				case "QUIT" -> {
					say("221 2.0.0 bye");
					yield false;
				}
				default -> say("502 5.5.1 no such command");
			};
		}

		private boolean rcpt(String address) throws IOException {
			Deed next = ChaosSmtpServer.this.mischief.deedFor(address);
			if (next == Deed.REJECT) {
				return say("550 5.1.1 nobody of that name");
			}
			if (next == Deed.GREYLIST) {
				return say("450 4.7.1 greylisted, come again");
			}
			if (next == Deed.SHUT_DOWN) {
				say("421 4.3.2 going down");
				return false;
			}
			this.deed = next;
			this.recipient = address;
			return say("250 2.1.5 ok");
		}

		private boolean data(Deed deed) throws IOException {
			this.deed = null;
			say("354 go on");
			skipContent();
			LockSupport.parkNanos((deed == Deed.SLOW) ? SLOW : ChaosSmtpServer.this.pace);
			if (deed == Deed.DEFER) {
				return say("451 4.3.0 come again");
			}
			if (deed == Deed.DROP_BEFORE) {
				ChaosSmtpServer.this.drops.incrementAndGet();
				return false;
			}
			ChaosSmtpServer.this.taken.add(this.recipient);
			if (deed == Deed.DROP_AFTER) {
				ChaosSmtpServer.this.drops.incrementAndGet();
				return false;
			}
			return say("250 2.0.0 taken");
		}

		private boolean say(String reply) throws IOException {
			this.out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
			this.out.flush();
			return true;
		}

		private @Nullable String readLine() throws IOException {
			StringBuilder line = new StringBuilder();
			for (int b = this.in.read(); b != '\n'; b = this.in.read()) {
				if (b < 0) {
					return null;
				}
				line.append((char) b);
			}
			return line.toString().stripTrailing();
		}

		private void skipContent() throws IOException {
			for (String line = readLine(); !".".equals(line); line = readLine()) {
				if (line == null) {
					throw new IOException("the client hung up in mid-message");
				}
			}
		}

	}

}
