package dev.herald.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Properties;

import javax.net.SocketFactory;

import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one connection. Angus asks here for each that it needs, and so Herald
 * has them too: to write past Angus's buffers, and to close from another thread.
 * Everything but {@link #abort()} is for the connection's own thread.
 * <p>
 * TCP_NODELAY: without it Nagle's algorithm and delayed acknowledgements cost 40 ms a
 * message, and 52 kB messages went at 181 a second instead of 3,590.
 */
final class RelaySockets {

	private volatile @Nullable Socket tcp;

	/** The TCP socket, or TLS over it. */
	private @Nullable Socket current;

	private @Nullable OutputStream out;

	private @Nullable Tls tls;

	private Duration writeTimeout = Duration.ZERO;

	/** System.nanoTime() of a write that has not returned, or 0. */
	private volatile long writingSince;

	/**
	 * Puts itself into the properties of a mail session. Angus's own write timeout would
	 * copy each write and arm a timer for it, so that is taken out and kept here.
	 */
	void install(Properties properties, String protocol) {
		Object timeout = properties.remove(protocol + ".writetimeout");
		this.writeTimeout = Duration.ofMillis(Long.parseLong(String.valueOf(timeout).strip()));
		properties.put(protocol + ".socketFactory", new Plain());
		properties.put(protocol + ".socketFactory.fallback", "false");
	}

	/**
	 * Makes TLS sockets come from here as well. Not part of {@link #install}: reading the
	 * JVM's trust store takes tens of milliseconds, and most relays on the same machine
	 * have no TLS.
	 */
	void installTls(Properties properties, String protocol) {
		// Angus would make a factory of its own where hosts are named as trusted.
		Object trusted = properties.remove(protocol + ".ssl.trust");
		try {
			if (this.tls == null) {
				this.tls = new Tls(trusted);
			}
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JVM can't do TLS", ex);
		}
		properties.put(protocol + ".ssl.socketFactory", this.tls);
	}

	/** In one write, so that what fits into one segment goes in one. */
	void write(byte[] bytes, int length) throws IOException {
		OutputStream stream = out();
		this.writingSince = System.nanoTime() | 1;
		try {
			stream.write(bytes, 0, length);
			stream.flush();
		}
		finally {
			this.writingSince = 0;
		}
	}

	private OutputStream out() throws IOException {
		if (this.current == null) {
			throw new IOException("The connection is closed");
		}
		if (this.out == null) {
			this.out = this.current.getOutputStream();
		}
		return this.out;
	}

	Duration writeTimeout() {
		return this.writeTimeout;
	}

	/** Whether a write has been blocked for too long, since the relay does not read. */
	boolean stalled() {
		long since = this.writingSince;
		return since != 0 && System.nanoTime() - since > this.writeTimeout.toNanos();
	}

	boolean reachesLoopback() {
		Socket socket = this.tcp;
		return socket != null && socket.getInetAddress() != null && socket.getInetAddress().isLoopbackAddress();
	}

	/**
	 * Closes the connection at once. Not by the TLS socket, whose close waits for a write
	 * that is blocked. Callable from any thread.
	 */
	void abort() {
		Socket socket = this.tcp;
		if (socket == null) {
			return;
		}
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It was closed already.
		}
	}

	private Socket opened(Socket socket) throws IOException {
		this.tcp = socket;
		socket.setTcpNoDelay(true);
		return written(socket);
	}

	private Socket written(Socket socket) {
		this.current = socket;
		this.out = null;
		return socket;
	}

	/** Angus takes a socket by the first method and connects it itself. */
	private final class Plain extends SocketFactory {

		@Override
		public Socket createSocket() throws IOException {
			return opened(new Socket());
		}

		@Override
		public Socket createSocket(String host, int port) throws IOException {
			return opened(new Socket(host, port));
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
			return opened(new Socket(host, port, local, localPort));
		}

		@Override
		public Socket createSocket(InetAddress address, int port) throws IOException {
			return opened(new Socket(address, port));
		}

		@Override
		public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
			return opened(new Socket(address, port, local, localPort));
		}

	}

	/**
	 * The JVM's trust store, and the hosts that the operator trusts whatever they show.
	 */
	private final class Tls extends MailSSLSocketFactory {

		Tls(@Nullable Object trusted) throws GeneralSecurityException {
			if (trusted != null) {
				setTrustAllHosts(trusted.equals("*"));
				setTrustedHosts(String.valueOf(trusted).split("\\s+", -1));
			}
		}

		@Override
		public synchronized Socket createSocket(Socket socket, String host, int port, boolean autoClose)
				throws IOException {
			return written(super.createSocket(opened(socket), host, port, autoClose));
		}

	}

}
