package dev.herald.smtp;

import java.util.Properties;

import jakarta.mail.Session;

/** The mail session of a connection: Herald's defaults, then what the operator set. */
final class RelaySession {

	private static final String CONNECT_TIMEOUT_MILLIS = "30000";

	/**
	 * RFC 5321 section 4.5.3.2.6: ten minutes for the reply after the final dot, or
	 * acceptance is taken for silence.
	 */
	private static final String REPLY_TIMEOUT_MILLIS = "600000";

	private RelaySession() {
	}

	static Session of(Relay relay, RelaySockets sockets) {
		Properties properties = new Properties();
		String protocol = "mail." + relay.protocol().scheme();
		properties.put(protocol + ".connectiontimeout", CONNECT_TIMEOUT_MILLIS);
		properties.put(protocol + ".timeout", REPLY_TIMEOUT_MILLIS);
		properties.put(protocol + ".writetimeout", REPLY_TIMEOUT_MILLIS);
		properties.put(protocol + ".ssl.checkserveridentity", "true");
		properties.put(protocol + ".quitwait", "false");
		properties.put(protocol + ".starttls.enable", String.valueOf(relay.starttls() != Relay.StartTls.NEVER));
		properties.put(protocol + ".starttls.required", String.valueOf(relay.starttls() == Relay.StartTls.REQUIRED));
		properties.put(protocol + ".auth", String.valueOf(relay.username() != null));
		properties.putAll(relay.properties());
		sockets.install(properties, protocol);
		return Session.getInstance(properties);
	}

}
