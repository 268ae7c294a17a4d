package dev.herald.listener;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The listener for the bounce domain.
 *
 * @param enabled off unless set
 * @param address to listen on
 * @param port 0 is any that is free
 * @param protocol smtp unless set
 * @param maxSize of a mail; a larger one is refused
 * @param maxConnections at a time
 * @param connectionsPerMinute of one client
 * @param messagesPerMinute of one client, by its MAIL commands
 * @param timeout of each wait for the client; the commands of a mail may take
 * {@value #TIMEOUTS_PER_MAIL} times that, and its content as long again
 * @param clients networks that may connect, such as 192.0.2.0/24; empty: all
 * @param sslBundle name of the SSL bundle whose certificate STARTTLS shows; empty: no
 * STARTTLS
 */
@ConfigurationProperties("herald.bounce.listener")
record ListenerSettings(@DefaultValue("false") boolean enabled, @DefaultValue("127.0.0.1") InetAddress address,
		@DefaultValue("2525") int port, @DefaultValue("smtp") Protocol protocol, @DefaultValue("10MB") DataSize maxSize,
		@DefaultValue("20") int maxConnections, @DefaultValue("600") int connectionsPerMinute,
		@DefaultValue("1200") int messagesPerMinute, @DefaultValue("1m") Duration timeout,
		@DefaultValue List<String> clients, @DefaultValue("") String sslBundle) {

	static final int TIMEOUTS_PER_MAIL = 5;

	ListenerSettings {
		check("port", port, 0, 65535);
		check("max-connections", maxConnections, 1, 500);
		check("connections-per-minute", connectionsPerMinute, 1, 1_000_000);
		check("messages-per-minute", messagesPerMinute, 1, 1_000_000);
		check("timeout", timeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
		check("max-size", maxSize, DataSize.ofKilobytes(64), DataSize.ofMegabytes(100));
		clients = List.copyOf(clients);
		ClientNetworks.of(clients);
	}

	private static <T extends Comparable<T>> void check(String name, T value, T least, T most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new IllegalArgumentException("herald.bounce.listener.%s must be from %s to %s, not %s".formatted(name,
					text(least), text(most), text(value)));
		}
	}

	private static String text(Object value) {
		return (value instanceof Duration) ? value.toString().substring(2).toLowerCase(Locale.ROOT) : value.toString();
	}

	/** Of all commands of a mail, and of all its content, however steadily they come. */
	Duration mailTimeout() {
		return this.timeout.multipliedBy(TIMEOUTS_PER_MAIL);
	}

	/** Local Mail Transfer Protocol, RFC 2033; SMTP, RFC 5321. */
	enum Protocol {

		SMTP, LMTP;

		String title() {
			return name().toLowerCase(Locale.ROOT) + " listener";
		}

	}

}
