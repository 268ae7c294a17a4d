package dev.herald.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One request and its reply, on a connection of its own: no cookies, no credentials, no
 * proxy. Not with the JDK's HttpClient, which looks the host up by itself, and could
 * connect elsewhere than to the address that was allowed. Thread-safe.
 *
 * @param watchdog closes connections whose time is over, however slowly they drip
 */
record Exchange(AddressRule rule, SSLSocketFactory tls, String agent, Duration connect, Duration whole,
		ScheduledExecutorService watchdog) {

	/** Of one host; who has more has enough of them that answer. */
	private static final int MOST_ADDRESSES = 3;

	/** The rule forbids all addresses of the host. */
	static final class Forbidden extends IOException {

		private static final long serialVersionUID = 1L;

		Forbidden(String host) {
			super(host);
		}

	}

	/**
	 * @param most octets of the body to read
	 * @throws Forbidden before anything is sent
	 * @throws IOException when nothing of use comes back in time
	 */
	Reply ask(URI at, boolean get, int most) throws IOException {
		long deadline = System.nanoTime() + this.whole.toNanos();
		try (Socket socket = connected(at, deadline)) {
			ScheduledFuture<?> end = this.watchdog.schedule(() -> close(socket), deadline - System.nanoTime(),
					TimeUnit.NANOSECONDS);
			try {
				return ask(at, get, most, secured(at, socket));
			}
			catch (IOException ex) {
				throw (System.nanoTime() - deadline >= 0) ? timeout(ex) : ex;
			}
			finally {
				end.cancel(false);
			}
		}
	}

	private Socket connected(URI at, long deadline) throws IOException {
		IOException last = new ConnectException("no address");
		for (InetAddress address : allowed(at.getHost())) {
			Socket socket = new Socket();
			try {
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					throw timeout(last);
				}
				socket.connect(new InetSocketAddress(address, port(at)), (int) Math.min(left, this.connect.toMillis()));
				return socket;
			}
			catch (IOException ex) {
				socket.close();
				last = ex;
			}
		}
		throw last;
	}

	private List<InetAddress> allowed(String host) throws IOException {
		List<InetAddress> allowed = Arrays.stream(InetAddress.getAllByName(host))
			.filter((address) -> this.rule.allows(host, address))
			.limit(MOST_ADDRESSES)
			.toList();
		if (allowed.isEmpty()) {
			throw new Forbidden(host);
		}
		return allowed;
	}

	private static int port(URI at) {
		return (at.getPort() > 0) ? at.getPort() : isSecure(at) ? 443 : 80;
	}

	private static boolean isSecure(URI at) {
		return at.getScheme().equals("https");
	}

	private Socket secured(URI at, Socket socket) throws IOException {
		if (!isSecure(at)) {
			return socket;
		}
		SSLSocket secured = (SSLSocket) this.tls.createSocket(socket, at.getHost(), port(at), true);
		SSLParameters parameters = secured.getSSLParameters();
		// The certificate has to be this host's (RFC 9110 section 4.3.4).
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secured.setSSLParameters(parameters);
		secured.startHandshake();
		return secured;
	}

	private Reply ask(URI at, boolean get, int most, Socket socket) throws IOException {
		String path = at.getRawPath() + ((at.getRawQuery() != null) ? "?" + at.getRawQuery() : "");
		String request = "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
			.formatted(get ? "GET" : "HEAD", path, at.getRawAuthority(), this.agent);
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		return Reply.read(new BufferedInputStream(socket.getInputStream()), get ? most : 0);
	}

	private static SocketTimeoutException timeout(IOException cause) {
		SocketTimeoutException timeout = new SocketTimeoutException("time over");
		timeout.initCause(cause);
		return timeout;
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
