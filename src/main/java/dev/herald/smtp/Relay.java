package dev.herald.smtp;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One relay, as the operator described it. Immutable, checked.
 *
 * @param name unique among the relays
 * @param port null means 25 for smtp, 465 for smtps
 * @param username null means no sign-in
 * @param password null only where there is no username
 * @param weight its share of the mail, against the weights of the others; 1 to 1000
 * @param connections at a time, 1 to 100; null leaves it to the job
 * @param rate ceiling of messages per time, as in {@code 50/s}; null means none
 * @param messagesPerConnection after so many a connection is opened anew; 1 to 100,000
 * @param connectionLifetime after so long likewise; 1 s to 1 h
 * @param starttls what is asked of a relay that is reached in clear
 * @param clearSignIn lets name and password go over a connection without TLS to another
 * machine
 * @param properties of the mail session, which win over Herald's own
 */
public record Relay(@DefaultValue("") String name, @DefaultValue("") String host, @Nullable Integer port,
		@DefaultValue("smtp") Protocol protocol, @Nullable String username, @Nullable String password,
		@DefaultValue("1") int weight, @Nullable Integer connections, @Nullable String rate,
		@DefaultValue("1000") int messagesPerConnection, @DefaultValue("10m") Duration connectionLifetime,
		@DefaultValue("when-offered") StartTls starttls, @DefaultValue("false") boolean clearSignIn,
		@DefaultValue Map<String, String> properties) {

	/** The name of a relay that is the only one and was given none. */
	static final String UNNAMED = "relay";

	private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

	private static final Pattern RATE = Pattern.compile("\\d+/[smhd]");

	public Relay {
		check(NAME.matcher(name).matches(), "name must be of a to z, 0 to 9 and -, not '" + name + "'");
		check(!host.isBlank(), "host must be set");
		check(port == null || (port > 0 && port <= 65535), "port must be from 1 to 65535, not " + port);
		check(username == null || password != null, "password must be set where username is");
		check(weight >= 1 && weight <= 1000, "weight must be from 1 to 1000, not " + weight);
		check(connections == null || (connections >= 1 && connections <= 100),
				"connections must be from 1 to 100, not " + connections);
		check(rate == null || RATE.matcher(rate).matches(),
				"rate must be a number, / and s, m, h or d, as in 50/s, not '" + rate + "'");
		check(messagesPerConnection >= 1 && messagesPerConnection <= 100_000,
				"messages-per-connection must be from 1 to 100000, not " + messagesPerConnection);
		check(connectionLifetime.toSeconds() >= 1 && connectionLifetime.compareTo(Duration.ofHours(1)) <= 0,
				"connection-lifetime must be from 1s to 1h");
	}

	private static void check(boolean holds, String message) {
		if (!holds) {
			throw new IllegalArgumentException(message);
		}
	}

	/** A relay without sign-in, all else as by default. */
	public static Relay at(String host, int port) {
		return new Relay(UNNAMED, host, port, Protocol.SMTP, null, null, 1, null, null, 1000, Duration.ofMinutes(10),
				StartTls.WHEN_OFFERED, false, Map.of());
	}

	/**
	 * The same relay for somebody who waits: connecting, writing and each reply may take
	 * so long, whatever is set.
	 */
	public Relay answeringWithin(Duration patience) {
		Map<String, String> impatient = new HashMap<>(this.properties);
		for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
			impatient.put("mail." + this.protocol.scheme() + "." + timeout, Long.toString(patience.toMillis()));
		}
		return new Relay(this.name, this.host, this.port, this.protocol, this.username, this.password, this.weight,
				this.connections, this.rate, this.messagesPerConnection, this.connectionLifetime, this.starttls,
				this.clearSignIn, impatient);
	}

	/**
	 * The same relay with other limits, which are checked as those of the settings.
	 * @throws IllegalArgumentException saying what is out of its limits
	 */
	public Relay limitedTo(int weight, @Nullable Integer connections, @Nullable String rate) {
		return new Relay(this.name, this.host, this.port, this.protocol, this.username, this.password, weight,
				connections, rate, this.messagesPerConnection, this.connectionLifetime, this.starttls, this.clearSignIn,
				this.properties);
	}

	int effectivePort() {
		if (this.port != null) {
			return this.port;
		}
		return (this.protocol == Protocol.SMTPS) ? 465 : 25;
	}

	/** Whether name and password, if any, may be sent over such a connection. */
	boolean maySignIn(boolean encrypted, boolean loopback) {
		return this.username == null || encrypted || loopback || this.clearSignIn;
	}

	/** For people: HOST:PORT, behind the name where it has one. Holds no secret. */
	@Override
	public String toString() {
		String address = this.host + ":" + effectivePort();
		return this.name.equals(UNNAMED) ? address : this.name + " (" + address + ")";
	}

	/** How a relay is reached. */
	public enum Protocol {

		/** In clear, until STARTTLS. */
		SMTP,

		/** TLS from the first byte, RFC 8314 section 3.3. */
		SMTPS;

		String scheme() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** When TLS is begun on a connection in clear, RFC 3207. */
	public enum StartTls {

		/** No mail leaves without. */
		REQUIRED,

		/**
		 * Where the relay offers it; a relay whose certificate does not fit is not used.
		 */
		WHEN_OFFERED,

		/** The connection stays in clear. */
		NEVER

	}

}
