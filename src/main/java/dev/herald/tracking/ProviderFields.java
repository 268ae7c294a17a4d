package dev.herald.tracking;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The header fields that bring a token back in the webhooks of providers. Postmark
 * replaces the Message-ID, Brevo may, SendGrid leaves it out of what readers do. A field
 * is written only where that provider's webhook is set.
 */
@ConfigurationProperties("herald.webhooks")
record ProviderFields(@DefaultValue Proof sendgrid, @DefaultValue Proof postmark, @DefaultValue Proof brevo) {

	/** Each is read only by the provider that it is for. */
	String with(String token) {
		StringBuilder fields = new StringBuilder();
		if (this.sendgrid.isSet()) {
			fields.append("X-SMTPAPI: {\"unique_args\":\r\n {\"herald\":\"").append(token).append("\"}}\r\n");
		}
		if (this.postmark.isSet()) {
			fields.append("X-PM-Metadata-herald: ").append(token).append("\r\n");
		}
		if (this.brevo.isSet()) {
			fields.append("X-Mailin-custom: ").append(token).append("\r\n");
		}
		return fields.toString();
	}

	/** What a provider proves itself by, whichever it uses. */
	record Proof(@DefaultValue("") String publicKey, @DefaultValue("") String token,
			@DefaultValue("") String password) {

		boolean isSet() {
			return !this.publicKey.isBlank() || !this.token.isBlank() || !this.password.isBlank();
		}

		@Override
		public String toString() {
			return isSet() ? "set" : "not set";
		}

	}

}
