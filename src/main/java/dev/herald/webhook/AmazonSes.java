package dev.herald.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.herald.returns.BounceReason;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.returns.ToldReply;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Amazon SES, which tells by way of SNS. A mail is named by its envelope sender and by
 * its own Message-ID.
 */
@Component
class AmazonSes implements Provider {

	private static final String LISTED = "OnAccountSuppressionList";

	/** Feedback types that are no reader's wish (RFC 5965, RFC 6591). */
	private static final Set<String> NO_COMPLAINT = Set.of("not-spam", "auth-failure", "virus");

	/** Of one mail (RFC 5321 section 4.5.3.1.8). */
	private static final int MAX_RECIPIENTS = 100;

	private final SnsMessages messages;

	AmazonSes(SnsMessages messages) {
		this.messages = messages;
	}

	@Override
	public String key() {
		return "ses";
	}

	@Override
	public String name() {
		return "Amazon SES";
	}

	@Override
	public boolean configured() {
		return this.messages.expected();
	}

	@Override
	public Opened open(WebhookRequest request) {
		return this.messages.open(Json.parse(request.body()));
	}

	@Override
	public Optional<Told> read(JsonNode event) {
		List<String> traces = traces(event.path("mail"));
		// By identity, or by configuration set.
		String type = Json.text(event, "notificationType");
		return switch (type.isEmpty() ? Json.text(event, "eventType") : type) {
			case "Bounce" -> Optional.of(bounce(event.path("bounce"), traces));
			case "Complaint" -> complaint(event.path("complaint"), traces);
			case "Delivery" -> Optional.of(delivered(event.path("delivery"), traces));
			case "DeliveryDelay" -> Optional.of(delayed(event.path("deliveryDelay"), traces));
			case "Reject" -> Optional.of(rejected(event, traces));
			case "Subscription" ->
				left(event.path("subscription")) ? Optional.of(new Told.Departure(traces)) : Optional.empty();
			default -> Optional.empty();
		};
	}

	private static List<String> traces(JsonNode mail) {
		List<String> traces = new ArrayList<>();
		traces.add(Json.text(mail, "source"));
		traces.add(Json.text(mail, "commonHeaders", "messageId"));
		for (JsonNode header : Json.elements(mail.path("headers"))) {
			if (Json.text(header, "name").equalsIgnoreCase("Message-ID")) {
				traces.add(Json.text(header, "value"));
			}
		}
		return traces;
	}

	private static Told bounce(JsonNode bounce, List<String> traces) {
		String type = Json.text(bounce, "bounceType");
		String subType = Json.text(bounce, "bounceSubType");
		// On a list of Amazon's: the status 5.1.1 beside it is no server's.
		boolean listed = subType.equals(LISTED);
		return fact(Kind.BOUNCE, bounce.path("bouncedRecipients"),
				(one) -> ToldReply.failed(Json.text(one, "emailAddress"), listed ? "" : Json.text(one, "status"),
						listed ? "" : Json.text(one, "diagnosticCode"), otherwise(type, subType),
						"Amazon SES: %s, %s".formatted(type, subType)),
				traces);
	}

	private static BounceReason otherwise(String type, String subType) {
		return switch (subType) {
			// Suppressed: it has bounced as an invalid address lately.
			case "NoEmail", "Suppressed" ->
				type.equals("Permanent") ? BounceReason.USER_UNKNOWN : BounceReason.UNDEFINED;
			case "MailboxFull" -> BounceReason.MAILBOX_FULL;
			case "MessageTooLarge" -> BounceReason.TOO_BIG;
			case "ContentRejected" -> BounceReason.SPAM;
			case "AttachmentRejected" -> BounceReason.VIRUS;
			case "CustomTimeoutExceeded" -> BounceReason.EXPIRED;
			default -> BounceReason.UNDEFINED;
		};
	}

	private static Optional<Told> complaint(JsonNode complaint, List<String> traces) {
		String feedback = Json.text(complaint, "complaintFeedbackType");
		if (Json.text(complaint, "complaintSubType").equals(LISTED)) {
			return Optional.of(new Told.Departure(traces));
		}
		if (NO_COMPLAINT.contains(feedback)) {
			return Optional.empty();
		}
		return Optional.of(fact(Kind.COMPLAINT, complaint.path("complainedRecipients"),
				(one) -> ToldReply.complained(Json.text(one, "emailAddress"), "Amazon SES: complaint, " + feedback),
				traces));
	}

	private static Told delivered(JsonNode delivery, List<String> traces) {
		String response = Json.text(delivery, "smtpResponse");
		return fact(Kind.DELIVERED, delivery.path("recipients"), (one) -> ToldReply.delivered(Json.text(one), response),
				traces);
	}

	private static Told delayed(JsonNode delay, List<String> traces) {
		return fact(Kind.DELAY, delay.path("delayedRecipients"), (one) -> ToldReply
			.delayed(Json.text(one, "emailAddress"), Json.text(one, "status"), Json.text(one, "diagnosticCode")),
				traces);
	}

	private static Told rejected(JsonNode event, List<String> traces) {
		String why = "Amazon SES: rejected, " + Json.text(event, "reject", "reason");
		return fact(Kind.BOUNCE, event.path("mail").path("destination"),
				(one) -> ToldReply.failed(Json.text(one), "", "", BounceReason.VIRUS, why), traces);
	}

	/** Always of somebody: a report without a recipient could say nothing. */
	private static Told fact(Kind kind, JsonNode recipients, Function<JsonNode, ReportedRecipient> reading,
			List<String> traces) {
		List<JsonNode> elements = Json.elements(recipients);
		List<JsonNode> some = elements.isEmpty() ? List.of(recipients) : elements;
		return new Told.Fact(new Report(kind, some.stream().limit(MAX_RECIPIENTS).map(reading).toList()), traces);
	}

	private static boolean left(JsonNode subscription) {
		JsonNode chosen = subscription.path("newTopicPreferences");
		return chosen.path("unsubscribeAll").asBoolean(false) || Json.elements(chosen.path("topicSubscriptionStatus"))
			.stream()
			.anyMatch((topic) -> Json.text(topic, "subscriptionStatus").equals("OptOut"));
	}

}
