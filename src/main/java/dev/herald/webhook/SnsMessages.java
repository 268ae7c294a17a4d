package dev.herald.webhook;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Messages of Amazon SNS over HTTP: checks their signature, confirms the subscription of
 * a topic that the settings name. Thread-safe.
 */
@Component
class SnsMessages {

	private static final Logger logger = LoggerFactory.getLogger(SnsMessages.class);

	private static final List<String> SIGNED_OF_A_NOTIFICATION = List.of("Message", "MessageId", "Subject", "Timestamp",
			"TopicArn", "Type");

	private static final List<String> SIGNED_OF_A_CONFIRMATION = List.of("Message", "MessageId", "SubscribeURL",
			"Timestamp", "Token", "TopicArn", "Type");

	private final List<String> topics;

	private final SnsCertificates certificates;

	private final SnsFetch fetch;

	SnsMessages(WebhookSettings settings, SnsCertificates certificates, SnsFetch fetch) {
		this.topics = settings.ses().topics();
		this.certificates = certificates;
		this.fetch = fetch;
	}

	boolean expected() {
		return !this.topics.isEmpty();
	}

	/** Nothing is fetched for a message of a topic that the settings don't name. */
	Opened open(JsonNode message) {
		String topic = Json.text(message, "TopicArn");
		if (!this.topics.contains(topic)) {
			return new Opened.Unproven("its topic is not in herald.webhooks.ses.topics");
		}
		SnsHost host = SnsHost.of(topic);
		Optional<URI> certificate = host.certificate(Json.text(message, "SigningCertURL"));
		if (certificate.isEmpty()) {
			return new Opened.Unproven("its certificate is not at " + host.name());
		}
		try {
			return signed(message, certificate.get(), host) ? proven(message, host)
					: new Opened.Unproven("its signature is missing or wrong");
		}
		catch (CertificateException ex) {
			return new Opened.Unproven("its certificate is not one of Amazon SNS that is valid now");
		}
		catch (IOException ex) {
			return new Opened.Undecided("%s did not answer as expected: %s".formatted(host.name(), ex.getMessage()));
		}
	}

	private boolean signed(JsonNode message, URI certificate, SnsHost host) throws IOException, CertificateException {
		String algorithm = switch (Json.text(message, "SignatureVersion")) {
			case "1" -> "SHA1withRSA";
			case "2" -> "SHA256withRSA";
			default -> "";
		};
		if (algorithm.isEmpty()) {
			return false;
		}
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initVerify(this.certificates.get(certificate, host).getPublicKey());
			signature.update(signedText(message).getBytes(StandardCharsets.UTF_8));
			return signature.verify(Base64.getDecoder().decode(Json.text(message, "Signature")));
		}
		catch (CertificateException ex) {
			throw ex;
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			// Another key than RSA, not the form of a signature, or no base64.
			return false;
		}
	}

	private static String signedText(JsonNode message) {
		List<String> names = isNotification(message) ? SIGNED_OF_A_NOTIFICATION : SIGNED_OF_A_CONFIRMATION;
		StringBuilder text = new StringBuilder();
		for (String name : names) {
			if (message.path(name).isString()) {
				text.append(name).append('\n').append(Json.text(message, name)).append('\n');
			}
		}
		return text.toString();
	}

	private static boolean isNotification(JsonNode message) {
		return Json.text(message, "Type").equals("Notification");
	}

	private Opened proven(JsonNode message, SnsHost host) throws IOException {
		if (isNotification(message)) {
			return notification(Json.text(message, "Message"));
		}
		switch (Json.text(message, "Type")) {
			case "SubscriptionConfirmation" -> confirm(message, host);
			case "UnsubscribeConfirmation" -> logger.warn(
					"Amazon SNS has ended the subscription of {}: bounces from there will not be known any more. To have it again, subscribe it at Amazon.",
					Json.text(message, "TopicArn"));
			default -> logger.warn("Amazon SNS sent a message of an unknown type");
		}
		return new Opened.Events(List.of());
	}

	/** SES greets a new topic in plain words. */
	private static Opened notification(String text) {
		try {
			return new Opened.Events(List.of(Json.parse(text)));
		}
		catch (JacksonException ex) {
			logger.info("Amazon SNS passed on a message that is no event");
			return new Opened.Events(List.of());
		}
	}

	private void confirm(JsonNode message, SnsHost host) throws IOException {
		Optional<URI> address = host.confirmation(Json.text(message, "SubscribeURL"));
		if (address.isEmpty()) {
			logger.warn("A subscription of {} was not confirmed: its address is not at {}",
					Json.text(message, "TopicArn"), host.name());
			return;
		}
		this.fetch.get(address.get());
		logger.info("Confirmed the subscription of {}", Json.text(message, "TopicArn"));
	}

}
