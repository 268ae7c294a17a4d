package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.testing.SelfSigned;
import tools.jackson.databind.json.JsonMapper;

/** Signs as Amazon SNS does, with a certificate that is made on the spot. */
final class SnsKey {

	static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces";

	static final String CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

	private final PrivateKey key;

	private final byte[] pem;

	private SnsKey(PrivateKey key, byte[] certificate) {
		this.key = key;
		this.pem = ("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
				+ "\n-----END CERTIFICATE-----\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** Valid today. */
	static SnsKey of(String commonName) {
		Instant now = Instant.now();
		return of(commonName, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
	}

	static SnsKey of(String commonName, Instant notBefore, Instant notAfter) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(1024);
			KeyPair pair = generator.generateKeyPair();
			return new SnsKey(pair.getPrivate(), SelfSigned.of(pair, commonName, "", notBefore, notAfter).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	byte[] pem() {
		return this.pem.clone();
	}

	/** A notification that holds an event, as it comes over HTTP. */
	String notification(String event, String... changes) {
		Map<String, String> message = message("Notification", event);
		change(message, changes);
		return signed(message, List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"), "1",
				"SHA1withRSA");
	}

	/** The same with the newer signature. */
	String notification2(String event) {
		return signed(message("Notification", event),
				List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"), "2", "SHA256withRSA");
	}

	/** What comes when somebody subscribes this address, or ends that. */
	String confirmation(String type, String subscribeUrl) {
		Map<String, String> message = message(type, "You have chosen to subscribe to the topic");
		message.put("SubscribeURL", subscribeUrl);
		message.put("Token", "2336412f37");
		return signed(message,
				List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"), "1",
				"SHA1withRSA");
	}

	private static Map<String, String> message(String type, String text) {
		Map<String, String> message = new LinkedHashMap<>();
		message.put("Type", type);
		message.put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
		message.put("TopicArn", TOPIC);
		message.put("Message", text);
		message.put("Timestamp", "2026-11-26T10:00:00.000Z");
		message.put("SigningCertURL", CERTIFICATE);
		return message;
	}

	private static void change(Map<String, String> message, String... changes) {
		for (int i = 0; i < changes.length; i += 2) {
			message.put(changes[i], changes[i + 1]);
		}
	}

	private String signed(Map<String, String> message, List<String> names, String version, String algorithm) {
		StringBuilder text = new StringBuilder();
		for (String name : names) {
			if (message.containsKey(name)) {
				text.append(name).append('\n').append(message.get(name)).append('\n');
			}
		}
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(this.key);
			signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
			message.put("SignatureVersion", version);
			message.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
			return new JsonMapper().writeValueAsString(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
