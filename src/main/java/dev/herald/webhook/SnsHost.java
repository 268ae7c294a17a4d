package dev.herald.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one host of Amazon SNS that speaks for a topic. It follows from the topic's name in
 * the settings, and from nothing that a message says.
 *
 * @param region of the topic, such as eu-west-1
 * @param domain of Amazon there
 */
record SnsHost(String region, String domain) {

	private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[0-9A-Za-z]{1,64}\\.pem");

	/**
	 * @param topic arn:PARTITION:sns:REGION:ACCOUNT:NAME
	 */
	static SnsHost of(String topic) {
		String[] parts = topic.split(":", -1);
		return new SnsHost(parts[3], parts[1].equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com");
	}

	String name() {
		return "sns." + this.region + "." + this.domain;
	}

	/** Who the certificates of SNS are made out to; it differs by region. */
	Set<String> subjects() {
		return Set.of("sns." + this.domain, name(), "sns-signing." + this.region + "." + this.domain,
				"sns-" + this.region + "." + this.domain);
	}

	/** Where a certificate may be fetched; empty for any other place. */
	Optional<URI> certificate(String url) {
		return here(url).filter((uri) -> uri.getRawQuery() == null && CERTIFICATE.matcher(uri.getRawPath()).matches());
	}

	/** What confirms a subscription; empty for any other request. */
	Optional<URI> confirmation(String url) {
		return here(url).filter((uri) -> uri.getRawPath().equals("/") && uri.getRawQuery() != null
				&& uri.getRawQuery().startsWith("Action=ConfirmSubscription&"));
	}

	/**
	 * The authority as a whole: no user, no port, no other host that only begins like it.
	 */
	private Optional<URI> here(String url) {
		try {
			URI uri = new URI(url);
			boolean here = "https".equals(uri.getScheme()) && name().equals(uri.getRawAuthority())
					&& uri.getRawFragment() == null;
			return here ? Optional.of(uri) : Optional.empty();
		}
		catch (URISyntaxException ex) {
			return Optional.empty();
		}
	}

}
