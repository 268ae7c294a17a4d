package dev.herald.listener;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts what each client began in its current minute. A client is an IPv4 address or an
 * IPv6 network of 64 bits, which is what one machine can call its own. Thread-safe.
 */
final class ClientRates {

	private static final Duration WINDOW = Duration.ofMinutes(1);

	/** About 2 MB, from however many addresses somebody connects. */
	private static final int MAX_REMEMBERED = 10_000;

	private static final int IPV6_NETWORK_BYTES = 8;

	private final int connectionsPerMinute;

	private final int messagesPerMinute;

	private final Clock clock;

	private final Map<ByteBuffer, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Window> eldest) {
			return size() > MAX_REMEMBERED;
		}
	};

	ClientRates(ListenerSettings settings, Clock clock) {
		this.connectionsPerMinute = settings.connectionsPerMinute();
		this.messagesPerMinute = settings.messagesPerMinute();
		this.clock = clock;
	}

	/** Whether one more keeps the limit. */
	synchronized boolean connection(InetAddress client) {
		return ++window(client).connections <= this.connectionsPerMinute;
	}

	/** Whether one more keeps the limit. */
	synchronized boolean message(InetAddress client) {
		return ++window(client).messages <= this.messagesPerMinute;
	}

	private Window window(InetAddress client) {
		Instant now = this.clock.instant();
		Window window = this.windows.computeIfAbsent(key(client), (key) -> new Window(now));
		if (Duration.between(window.start, now).compareTo(WINDOW) >= 0) {
			window.start = now;
			window.connections = 0;
			window.messages = 0;
		}
		return window;
	}

	private static ByteBuffer key(InetAddress client) {
		byte[] address = client.getAddress();
		return ByteBuffer.wrap((client instanceof Inet6Address) ? Arrays.copyOf(address, IPV6_NETWORK_BYTES) : address);
	}

	private static final class Window {

		private Instant start;

		private int connections;

		private int messages;

		Window(Instant start) {
			this.start = start;
		}

	}

}
