package dev.herald.smtp;

import java.util.Properties;

import jakarta.mail.Session;

/** The mail session of a relay: Herald's defaults, then what the operator set. */
final class RelaySession {

	private static final String CONNECT_TIMEOUT_MILLIS = "30000";

	/**
	 * RFC 5321 section 4.5.3.2.6: ten minutes for the reply after the final dot, or
	 * acceptance is taken for silence.
	 */
	private static final String REPLY_TIMEOUT_MILLIS = "600000";

	private RelaySession() {
	}

	static Session of(RelaySettings relay) {
		Properties properties = new Properties();
		for (String protocol : new String[] { "mail.smtp.", "mail.smtps." }) {
			properties.put(protocol + "connectiontimeout", CONNECT_TIMEOUT_MILLIS);
			properties.put(protocol + "timeout", REPLY_TIMEOUT_MILLIS);
			properties.put(protocol + "writetimeout", REPLY_TIMEOUT_MILLIS);
			properties.put(protocol + "ssl.checkserveridentity", "true");
			properties.put(protocol + "quitwait", "false");
		}
		properties.put("mail.smtp.starttls.enable", "true");
		properties.put("mail.smtp.socketFactory", new NoDelaySocketFactory());
		if (relay.username() != null) {
			properties.put("mail." + relay.protocol() + ".auth", "true");
		}
		properties.putAll(relay.properties());
		return Session.getInstance(properties);
	}

}
