package dev.herald.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * Who may connect, how often, and how long a client may take. The library waits for each
 * byte anew, and for ever on a client that does not read: here a connection is closed
 * that has not brought a whole mail in time. Thread-safe.
 */
final class Conversations implements SessionHandler, AutoCloseable {

	/** Of commands for one mail: a hundred times what an honest client needs. */
	private static final int COMMAND_BYTES = 64 * 1024;

	private static final long WATCH_MILLIS = 250;

	private final Map<Session, ClientSocket> open = new ConcurrentHashMap<>();

	private final ListenerSettings settings;

	private final ClientNetworks networks;

	private final ClientRates rates;

	private final ScheduledExecutorService watch;

	private final ScheduledFuture<?> watching;

	private volatile boolean closing;

	Conversations(ListenerSettings settings, Clock clock) {
		this.settings = settings;
		this.networks = ClientNetworks.of(settings.clients());
		this.rates = new ClientRates(settings, clock);
		this.watch = Executors.newSingleThreadScheduledExecutor((work) -> daemon(work, "listener-watch"));
		this.watching = this.watch.scheduleWithFixedDelay(this::closeLate, WATCH_MILLIS, WATCH_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	static Thread daemon(Runnable work, String name) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public SessionAcceptance accept(Session session) {
		InetAddress client = session.getRemoteAddress().getAddress();
		if (!this.networks.allow(client)) {
			return SessionAcceptance.failure(554, "5.7.1 Not for this client");
		}
		if (!this.rates.connection(client)) {
			return SessionAcceptance.failure(421, "4.7.0 Too many connections, try again later");
		}
		this.open.put(session, (ClientSocket) session.getSocket());
		awaitCommands(session);
		return SessionAcceptance.success();
	}

	@Override
	public void onSessionEnd(Session session) {
		this.open.remove(session);
	}

	/** Whether one more mail keeps the client's rate. */
	boolean mayBegin(Session session) {
		return this.rates.message(session.getRemoteAddress().getAddress());
	}

	/** A mail has been answered, or there was none yet. */
	void awaitCommands(Session session) {
		allow(session, COMMAND_BYTES);
	}

	/** Its length is counted by whoever reads it, without what TLS adds. */
	void awaitContent(Session session) {
		allow(session, Long.MAX_VALUE);
	}

	private void allow(Session session, long bytes) {
		ClientSocket socket = this.open.get(session);
		if (socket != null) {
			socket.allow(bytes, System.nanoTime() + this.settings.mailTimeout().toNanos());
		}
	}

	private void closeLate() {
		long now = System.nanoTime();
		this.open.values()
			.stream()
			.filter((socket) -> this.closing || socket.isLate(now))
			.forEach(Conversations::close);
	}

	private static void close(ClientSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone already.
		}
	}

	/**
	 * Ends all that are open: whoever has no answer yet keeps the mail. Threads that
	 * write to a client who does not read come free by it.
	 */
	void closeAll() {
		this.closing = true;
		closeLate();
	}

	@Override
	public void close() {
		this.watching.cancel(false);
		this.watch.shutdown();
	}

}
