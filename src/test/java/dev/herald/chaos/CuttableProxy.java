package dev.herald.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection through loopback that can be cut, and mended again. */
final class CuttableProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final InetSocketAddress target;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private volatile boolean cut;

	private CuttableProxy(ServerSocket listener, InetSocketAddress target) {
		this.listener = listener;
		this.target = target;
	}

	static CuttableProxy to(InetSocketAddress target) throws IOException {
		CuttableProxy proxy = new CuttableProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
		daemon(proxy::accept);
		return proxy;
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** All connections break, and new ones break at once. */
	void cut() {
		this.cut = true;
		this.open.forEach(CuttableProxy::closeQuietly);
	}

	void mend() {
		this.cut = false;
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				if (this.cut) {
					client.close();
				}
				else {
					daemon(() -> join(client));
				}
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void join(Socket client) {
		try {
			Socket server = new Socket(this.target.getAddress(), this.target.getPort());
			this.open.add(client);
			this.open.add(server);
			daemon(() -> copy(client, server));
			copy(server, client);
		}
		catch (IOException ex) {
			closeQuietly(client);
		}
	}

	private void copy(Socket from, Socket to) {
		try (from; to) {
			from.setTcpNoDelay(true);
			InputStream in = from.getInputStream();
			in.transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One of the two ended, so both do.
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "cuttable-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		cut();
	}

}
