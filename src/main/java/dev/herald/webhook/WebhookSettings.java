package dev.herald.webhook;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What providers prove themselves by. Each is off until its key is set.
 *
 * @param maxBody of a request; 256KB to 16MB. What is larger is refused unread
 * @param maxAge of a signed request; 10m to 30d. Providers try again for a day at most
 */
@ConfigurationProperties("herald.webhooks")
record WebhookSettings(@DefaultValue("2MB") DataSize maxBody, @DefaultValue("25h") Duration maxAge,
		@DefaultValue Ses ses, @DefaultValue SendGrid sendgrid, @DefaultValue Mailgun mailgun,
		@DefaultValue Postmark postmark, @DefaultValue Brevo brevo) {

	private static final Pattern TOPIC = Pattern
		.compile("arn:aws(?:-cn|-us-gov)?:sns:[a-z]{2}(?:-[a-z]{2,12}){1,3}-\\d:\\d{12}:[A-Za-z0-9_-]{1,256}");

	WebhookSettings {
		// Amazon SNS sends up to 256 KB.
		if (maxBody.toKilobytes() < 256 || maxBody.toMegabytes() > 16) {
			throw new IllegalArgumentException("herald.webhooks.max-body must be from 256KB to 16MB");
		}
		if (maxAge.compareTo(Duration.ofMinutes(10)) < 0 || maxAge.compareTo(Duration.ofDays(30)) > 0) {
			throw new IllegalArgumentException("herald.webhooks.max-age must be from 10m to 30d");
		}
	}

	/**
	 * @param topics the names (ARN) of the SNS topics that are believed
	 */
	record Ses(@DefaultValue List<String> topics) {

		Ses {
			for (String topic : topics) {
				if (!TOPIC.matcher(topic).matches()) {
					throw new IllegalArgumentException(
							"herald.webhooks.ses.topics needs the whole name of a topic, such as arn:aws:sns:eu-west-1:123456789012:bounces, but has "
									+ topic);
				}
			}
		}

	}

	/**
	 * @param publicKey that SendGrid shows: base64 of a SubjectPublicKeyInfo
	 */
	record SendGrid(@DefaultValue("") String publicKey) {
	}

	/**
	 * @param signingKey that Mailgun shows as "HTTP webhook signing key"
	 */
	record Mailgun(@DefaultValue("") String signingKey) {

		@Override
		public String toString() {
			return "Mailgun";
		}

	}

	/**
	 * @param password that you make up and give to Postmark
	 */
	record Postmark(@DefaultValue("herald") String username, @DefaultValue("") String password) {

		@Override
		public String toString() {
			return "Postmark";
		}

	}

	/**
	 * @param token that you make up and give to Brevo; or else
	 * @param password that you make up and give to Brevo
	 */
	record Brevo(@DefaultValue("") String token, @DefaultValue("herald") String username,
			@DefaultValue("") String password) {

		@Override
		public String toString() {
			return "Brevo";
		}

	}

}
