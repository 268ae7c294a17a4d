package dev.herald.smtp;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The relay, under Spring's ordinary names (spring.mail.*).
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

	/** HOST:PORT, for people. Without the user name. */
	@Override
	public String toString() {
		return this.host + ":" + effectivePort();
	}

	int effectivePort() {
		if (this.port != null) {
			return this.port;
		}
		return this.protocol.equals("smtps") ? 465 : 25;
	}

}
