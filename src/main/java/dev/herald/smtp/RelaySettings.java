package dev.herald.smtp;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One relay, under Spring's ordinary names (spring.mail.*).
 *
 * @param host null means that there is none: sends are rehearsals
 * @param port null means 25 for smtp, 465 for smtps
 * @param protocol smtp (with STARTTLS where the relay offers it) or smtps
 * @param properties further properties of the mail session, which win over Herald's own
 */
@ConfigurationProperties("spring.mail")
public record RelaySettings(@Nullable String host, @Nullable Integer port, @Nullable String username,
		@Nullable String password, @DefaultValue("smtp") String protocol,
		@DefaultValue Map<String, String> properties) {

	public RelaySettings {
		if (!protocol.equals("smtp") && !protocol.equals("smtps")) {
			throw new IllegalArgumentException("spring.mail.protocol must be smtp or smtps, not '" + protocol + "'");
		}
		if (host != null && host.isBlank()) {
			host = null;
		}
	}

	/** A relay without sign-in, on its usual or a given port. */
	public static RelaySettings of(String host, int port) {
		return new RelaySettings(host, port, null, null, "smtp", Map.of());
	}

	public boolean present() {
		return this.host != null;
	}

	/**
	 * What is not said here is as it is by default.
	 * @throws IllegalArgumentException where that is no relay
	 */
	Relay relay() {
		Relay usual = Relay.at(Objects.requireNonNull(this.host), 25);
		return new Relay(Relay.UNNAMED, usual.host(), this.port,
				Relay.Protocol.valueOf(this.protocol.toUpperCase(Locale.ROOT)), this.username, this.password,
				usual.weight(), null, null, usual.messagesPerConnection(), usual.connectionLifetime(), usual.starttls(),
				usual.clearSignIn(), this.properties);
	}

	/** HOST:PORT, for people. Without the user name. */
	@Override
	public String toString() {
		int usual = this.protocol.equals("smtps") ? 465 : 25;
		return this.host + ":" + ((this.port != null) ? this.port : usual);
	}

}
