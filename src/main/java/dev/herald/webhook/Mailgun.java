package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.herald.returns.BounceReason;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.ToldReply;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Mailgun's webhooks: one event each, with an HMAC over a time and a random token. The
 * HMAC does not cover the event: who has seen one request could put another event in it,
 * but not without the signed token of one of our mails.
 */
@Component
class Mailgun implements Provider {

	private final String signingKey;

	private final SignedTime time;

	Mailgun(WebhookSettings settings, SignedTime time) {
		this.signingKey = settings.mailgun().signingKey();
		this.time = time;
	}

	@Override
	public String key() {
		return "mailgun";
	}

	@Override
	public String name() {
		return "Mailgun";
	}

	@Override
	public boolean configured() {
		return !this.signingKey.isBlank();
	}

	@Override
	public Opened open(WebhookRequest request) {
		JsonNode root = Json.parse(request.body());
		String timestamp = Json.text(root, "signature", "timestamp");
		String expected = hmac(timestamp + Json.text(root, "signature", "token"));
		String given = Json.text(root, "signature", "signature").toLowerCase(Locale.ROOT);
		if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
			return new Opened.Unproven("its signature is missing or wrong");
		}
		if (!this.time.isRecent(timestamp)) {
			return new Opened.Unproven("it was signed too long ago, or the clock is wrong");
		}
		return new Opened.Events(List.of(root.path("event-data")));
	}

	private String hmac(String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.signingKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has HMAC-SHA256", ex);
		}
	}

	@Override
	public Optional<Told> read(JsonNode event) {
		String address = Json.text(event, "recipient");
		List<String> traces = List.of("<" + Json.text(event, "message", "headers", "message-id") + ">",
				Json.text(event, "envelope", "sender"));
		return switch (Json.text(event, "event")) {
			case "failed" -> Optional.of(failed(event, address, traces));
			case "rejected" -> Optional.of(Told.of(Kind.BOUNCE, ToldReply.failed(address, "", "", BounceReason.POLICY,
					"Mailgun: rejected, " + Json.text(event, "reject", "reason")), traces));
			case "delivered" -> Optional.of(Told.of(Kind.DELIVERED,
					ToldReply.delivered(address, Json.text(event, "delivery-status", "message")), traces));
			case "complained" ->
				Optional.of(Told.of(Kind.COMPLAINT, ToldReply.complained(address, "Mailgun: complained"), traces));
			case "unsubscribed" -> Optional.of(new Told.Departure(traces));
			default -> Optional.empty();
		};
	}

	private static Told failed(JsonNode event, String address, List<String> traces) {
		String reason = Json.text(event, "reason");
		String severity = Json.text(event, "severity");
		String status = Json.text(event, "delivery-status", "enhanced-code");
		if (reason.equals("suppress-unsubscribe") || reason.equals("suppress-complaint")) {
			return new Told.Departure(traces);
		}
		// The last of all tries bears the reason "old", with either severity.
		if (severity.equals("temporary") && !reason.equals("old")) {
			return Told.of(Kind.DELAY, ToldReply.delayed(address, status, reply(event)), traces);
		}
		// On its list of bounces: no server has said anything.
		boolean listed = reason.equals("suppress-bounce");
		return Told.of(Kind.BOUNCE, ToldReply.failed(address, listed ? "" : status, listed ? "" : reply(event),
				otherwise(event, reason), "Mailgun: %s, %s".formatted(severity, reason)), traces);
	}

	private static BounceReason otherwise(JsonNode event, String reason) {
		return switch (reason) {
			case "old" -> BounceReason.EXPIRED;
			case "espblock" -> BounceReason.BLOCKED;
			case "greylisted" -> BounceReason.RATE;
			case "bounce" -> Json.text(event, "delivery-status", "bounce-type").equals("hard")
					? BounceReason.USER_UNKNOWN : BounceReason.UNDEFINED;
			default -> BounceReason.UNDEFINED;
		};
	}

	/** Codes from 600 on, and 498, are Mailgun's own and no server's. */
	private static String reply(JsonNode event) {
		String code = Json.text(event, "delivery-status", "code");
		String message = Json.text(event, "delivery-status", "message");
		String text = message.isEmpty() ? Json.text(event, "delivery-status", "description") : message;
		boolean ofAServer = code.matches("[45][0-5]\\d") && !text.isEmpty() && !text.startsWith(code);
		return ofAServer ? code + " " + text : text;
	}

}
