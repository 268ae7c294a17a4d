package dev.herald.webhook;

import java.util.List;
import java.util.Optional;

import dev.herald.returns.BounceReason;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.ToldReply;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Postmark's webhooks: one event each, with a user name and password that its owner gave.
 * Postmark writes a Message-ID of its own: a mail is named by the metadata that Herald
 * put into its header.
 */
@Component
class Postmark implements Provider {

	private final boolean configured;

	private final Credentials credentials;

	Postmark(WebhookSettings settings) {
		this.configured = !settings.postmark().password().isBlank();
		this.credentials = Credentials.basic(settings.postmark().username(), settings.postmark().password());
	}

	@Override
	public String key() {
		return "postmark";
	}

	@Override
	public String name() {
		return "Postmark";
	}

	@Override
	public boolean configured() {
		return this.configured;
	}

	@Override
	public Opened open(WebhookRequest request) {
		return this.credentials.in(request) ? new Opened.Events(List.of(Json.parse(request.body())))
				: new Opened.Unproven("its user name or password is missing or wrong");
	}

	@Override
	public Optional<Told> read(JsonNode event) {
		List<String> traces = List.of("<" + Json.text(event, "Metadata", "herald") + "@");
		return switch (Json.text(event, "RecordType")) {
			case "Bounce" -> bounce(event, Json.text(event, "Email"), traces);
			case "Delivery" -> Optional.of(Told.of(Kind.DELIVERED,
					ToldReply.delivered(Json.text(event, "Recipient"), Json.text(event, "Details")), traces));
			case "SpamComplaint" -> complaint(Json.text(event, "Email"), traces);
			case "SubscriptionChange" -> change(event, traces);
			default -> Optional.empty();
		};
	}

	private static Optional<Told> complaint(String address, List<String> traces) {
		return Optional.of(Told.of(Kind.COMPLAINT, ToldReply.complained(address, "Postmark: SpamComplaint"), traces));
	}

	private static Optional<Told> bounce(JsonNode event, String address, List<String> traces) {
		String type = Json.text(event, "Type");
		String details = Json.text(event, "Details");
		return switch (type) {
			case "HardBounce", "BadEmailAddress" -> failed(type, details, BounceReason.USER_UNKNOWN, address, traces);
			case "SoftBounce", "Unknown" -> failed(type, details, BounceReason.UNDEFINED, address, traces);
			case "DnsError" -> failed(type, details, BounceReason.NETWORK, address, traces);
			case "SpamNotification" -> failed(type, details, BounceReason.SPAM, address, traces);
			case "VirusNotification" -> failed(type, details, BounceReason.VIRUS, address, traces);
			case "Blocked" -> failed(type, details, BounceReason.BLOCKED, address, traces);
			case "DMARCPolicy" -> failed(type, details, BounceReason.AUTHENTICATION, address, traces);
			// Postmark's own doing: its text is not read as a server's reply.
			case "ManuallyDeactivated", "SMTPApiError" -> failed(type, "", BounceReason.UNDEFINED, address, traces);
			case "Transient" -> Optional.of(Told.of(Kind.DELAY, ToldReply.delayed(address, "", details), traces));
			case "SpamComplaint" -> complaint(address, traces);
			case "AutoResponder", "AddressChange" ->
				Optional.of(Told.of(Kind.AUTOREPLY, ToldReply.nothing(address, "Postmark: " + type), traces));
			case "ChallengeVerification" ->
				Optional.of(Told.of(Kind.CHALLENGE, ToldReply.nothing(address, "Postmark: " + type), traces));
			case "Unsubscribe" -> Optional.of(new Told.Departure(traces));
			default -> Optional.empty();
		};
	}

	private static Optional<Told> failed(String type, String details, BounceReason otherwise, String address,
			List<String> traces) {
		return Optional
			.of(Told.of(Kind.BOUNCE, ToldReply.failed(address, "", details, otherwise, "Postmark: " + type), traces));
	}

	/**
	 * Bounces and complaints change subscriptions too, but have told so with their text.
	 */
	private static Optional<Told> change(JsonNode event, List<String> traces) {
		boolean left = event.path("SuppressSending").asBoolean(false)
				&& Json.text(event, "SuppressionReason").equals("ManualSuppression")
				&& Json.text(event, "Origin").equals("Recipient");
		return left ? Optional.of(new Told.Departure(traces)) : Optional.empty();
	}

}
