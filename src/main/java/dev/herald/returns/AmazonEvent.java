package dev.herald.returns;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import tools.jackson.databind.JsonNode;

/**
 * What an event of Amazon SES says, whether it comes by SNS over HTTP or to a mailbox.
 */
public final class AmazonEvent {

	private static final String LISTED = "OnAccountSuppressionList";

	/** Feedback types that are no reader's wish (RFC 5965, RFC 6591). */
	private static final Set<String> NO_COMPLAINT = Set.of("not-spam", "auth-failure", "virus");

	private AmazonEvent() {
	}

	/** Empty where it says nothing of a delivery: a click, a reader who has left. */
	public static Optional<Report> read(JsonNode event) {
		return switch (type(event)) {
			case "Bounce" -> Optional.of(bounce(event.path("bounce")));
			case "Complaint" -> complaint(event.path("complaint"));
			case "Delivery" -> Optional.of(delivered(event.path("delivery")));
			case "DeliveryDelay" -> Optional.of(delayed(event.path("deliveryDelay")));
			case "Reject" -> Optional.of(rejected(event));
			default -> Optional.empty();
		};
	}

	/** By identity, or by configuration set; empty for what is no event of SES. */
	static String type(JsonNode event) {
		String type = text(event, "notificationType");
		return type.isEmpty() ? text(event, "eventType") : type;
	}

	/** Whether it says that its reader wants no more, and has said so at Amazon. */
	public static boolean isDeparture(JsonNode event) {
		return switch (type(event)) {
			case "Complaint" -> text(event.path("complaint"), "complaintSubType").equals(LISTED);
			case "Subscription" -> optedOut(event.path("subscription").path("newTopicPreferences"));
			default -> false;
		};
	}

	private static boolean optedOut(JsonNode chosen) {
		return chosen.path("unsubscribeAll").asBoolean(false) || chosen.path("topicSubscriptionStatus")
			.valueStream()
			.anyMatch((topic) -> text(topic, "subscriptionStatus").equals("OptOut"));
	}

	private static Report bounce(JsonNode bounce) {
		String type = text(bounce, "bounceType");
		String subType = text(bounce, "bounceSubType");
		// On a list of Amazon's: the status 5.1.1 beside it is no server's.
		boolean listed = subType.equals(LISTED);
		return report(Kind.BOUNCE, bounce.path("bouncedRecipients"),
				(one) -> ToldReply.failed(text(one, "emailAddress"), listed ? "" : text(one, "status"),
						listed ? "" : text(one, "diagnosticCode"), otherwise(type, subType),
						"Amazon SES: %s, %s".formatted(type, subType)));
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

	private static Optional<Report> complaint(JsonNode complaint) {
		String feedback = text(complaint, "complaintFeedbackType");
		if (text(complaint, "complaintSubType").equals(LISTED) || NO_COMPLAINT.contains(feedback)) {
			return Optional.empty();
		}
		return Optional.of(report(Kind.COMPLAINT, complaint.path("complainedRecipients"),
				(one) -> ToldReply.complained(text(one, "emailAddress"), "Amazon SES: complaint, " + feedback)));
	}

	private static Report delivered(JsonNode delivery) {
		String response = text(delivery, "smtpResponse");
		return report(Kind.DELIVERED, delivery.path("recipients"),
				(one) -> ToldReply.delivered(one.asString(""), response));
	}

	private static Report delayed(JsonNode delay) {
		return report(Kind.DELAY, delay.path("delayedRecipients"), (one) -> ToldReply.delayed(text(one, "emailAddress"),
				text(one, "status"), text(one, "diagnosticCode")));
	}

	private static Report rejected(JsonNode event) {
		String why = "Amazon SES: rejected, " + text(event.path("reject"), "reason");
		return report(Kind.BOUNCE, event.path("mail").path("destination"),
				(one) -> ToldReply.failed(one.asString(""), "", "", BounceReason.VIRUS, why));
	}

	/** Always of somebody: a report without a recipient could say nothing. */
	private static Report report(Kind kind, JsonNode recipients, Function<JsonNode, ReportedRecipient> reading) {
		List<JsonNode> some = (recipients.isArray() && !recipients.isEmpty()) ? recipients.valueStream().toList()
				: List.of(recipients);
		return new Report(kind, some.stream().limit(DeliveryStatus.MAX_RECIPIENTS).map(reading).toList());
	}

	/** Empty where it is missing or no text. */
	private static String text(JsonNode object, String name) {
		return object.path(name).asString("");
	}

}
