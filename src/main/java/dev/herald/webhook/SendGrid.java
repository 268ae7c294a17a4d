package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import dev.herald.problem.Problem;
import dev.herald.returns.BounceReason;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.ToldReply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * SendGrid's Event Webhook: a list of events, signed with ECDSA over a time and the
 * octets of the body. A mail is named by its Message-ID, and in what a reader does by the
 * unique argument that Herald put into its header.
 */
@Component
class SendGrid implements Provider {

	private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";

	private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

	private final @Nullable PublicKey key;

	private final SignedTime time;

	SendGrid(WebhookSettings settings, SignedTime time) {
		String publicKey = settings.sendgrid().publicKey();
		this.key = publicKey.isBlank() ? null : key(publicKey);
		this.time = time;
	}

	private static PublicKey key(String base64) {
		try {
			byte[] encoded = Base64.getDecoder().decode(base64.replaceAll("-----[A-Z ]+-----|\\s", ""));
			return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw Problem.usage(
					"herald.webhooks.sendgrid.public-key is no public key. Copy the verification key that SendGrid shows beside the webhook's signature verification; it begins with MFkw.");
		}
	}

	@Override
	public String key() {
		return "sendgrid";
	}

	@Override
	public String name() {
		return "SendGrid";
	}

	@Override
	public boolean configured() {
		return this.key != null;
	}

	@Override
	public Opened open(WebhookRequest request) {
		String timestamp = request.header(TIMESTAMP);
		if (this.key == null || !signed(this.key, timestamp, request)) {
			return new Opened.Unproven("its signature is missing or wrong");
		}
		if (!this.time.isRecent(timestamp)) {
			return new Opened.Unproven("it was signed too long ago, or the clock is wrong");
		}
		return new Opened.Events(Json.events(Json.parse(request.body())));
	}

	private static boolean signed(PublicKey key, String timestamp, WebhookRequest request) {
		try {
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initVerify(key);
			signature.update(timestamp.getBytes(StandardCharsets.UTF_8));
			signature.update(request.body());
			return signature.verify(Base64.getDecoder().decode(request.header(SIGNATURE)));
		}
		catch (SignatureException | IllegalArgumentException ex) {
			// Not the form of a signature, or no base64.
			return false;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has ECDSA", ex);
		}
	}

	@Override
	public Optional<Told> read(JsonNode event) {
		String address = Json.text(event, "email");
		List<String> traces = List.of(Json.text(event, "smtp-id"), "<" + Json.text(event, "herald") + "@");
		return switch (Json.text(event, "event")) {
			case "bounce" -> Optional.of(bounce(event, address, traces));
			case "dropped" -> Optional.of(dropped(event, address, traces));
			case "deferred" -> Optional.of(Told.of(Kind.DELAY,
					ToldReply.delayed(address, Json.text(event, "status"), Json.text(event, "response")), traces));
			case "delivered" -> Optional
				.of(Told.of(Kind.DELIVERED, ToldReply.delivered(address, Json.text(event, "response")), traces));
			case "spamreport" ->
				Optional.of(Told.of(Kind.COMPLAINT, ToldReply.complained(address, "SendGrid: spamreport"), traces));
			case "unsubscribe", "group_unsubscribe" -> Optional.of(new Told.Departure(traces));
			default -> Optional.empty();
		};
	}

	private static Told bounce(JsonNode event, String address, List<String> traces) {
		String type = Json.text(event, "type");
		String classification = Json.text(event, "bounce_classification");
		return Told.of(Kind.BOUNCE, ToldReply.failed(address, Json.text(event, "status"), Json.text(event, "reason"),
				otherwise(type, classification), "SendGrid: %s, %s".formatted(type, classification)), traces);
	}

	private static BounceReason otherwise(String type, String classification) {
		if (type.equals("blocked")) {
			return BounceReason.BLOCKED;
		}
		return switch (classification) {
			case "Invalid Address" -> BounceReason.USER_UNKNOWN;
			case "Technical" -> BounceReason.SYSTEM;
			case "Content" -> BounceReason.SPAM;
			case "Reputation" -> BounceReason.BLOCKED;
			case "Frequency or Volume Too High" -> BounceReason.RATE;
			case "Mailbox Unavailable" -> BounceReason.MAILBOX_DISABLED;
			default -> type.equals("expired") ? BounceReason.EXPIRED : BounceReason.UNDEFINED;
		};
	}

	/**
	 * Not sent, for what SendGrid has on a list of its own: no server has said anything.
	 * Its reason is not read as a reply.
	 */
	private static Told dropped(JsonNode event, String address, List<String> traces) {
		String why = Json.text(event, "reason");
		BounceReason reason = switch (why) {
			case "Unsubscribed Address", "Spam Reporting Address" -> null;
			case "Invalid" -> BounceReason.USER_UNKNOWN;
			case "Spam Content" -> BounceReason.SPAM;
			case "Recipient List over Package Quota" -> BounceReason.RATE;
			default -> BounceReason.UNDEFINED;
		};
		return (reason == null) ? new Told.Departure(traces)
				: Told.of(Kind.BOUNCE, ToldReply.failed(address, "", "", reason, "SendGrid: dropped, " + why), traces);
	}

}
