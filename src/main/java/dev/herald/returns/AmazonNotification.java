package dev.herald.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;

/**
 * Amazon SES by way of SNS to a mailbox: a mail whose text is the notification's JSON.
 * Its members are looked up by name, as there is nothing else in it that bears them.
 */
final class AmazonNotification {

	private static final Pattern TYPE = Pattern
		.compile("^\\s{0,10}\\{\\s{0,10}\"(?:notificationType|eventType)\"\\s{0,10}:\\s{0,10}\"(\\w{1,20})\"");

	/**
	 * A choice within a loop costs stack for each character, so that there is none here.
	 */
	private static final Pattern MEMBER = Pattern
		.compile("\"(\\w{1,30})\"\\s{0,10}:\\s{0,10}\"([^\"\\\\]{0,2000}+(?:\\\\.[^\"\\\\]{0,2000}+){0,100})\"");

	private AmazonNotification() {
	}

	static Optional<Report> read(MailPart root) {
		String text = root.parts().isEmpty() ? MailText.of(root) : "";
		Matcher type = TYPE.matcher(text);
		if (!type.find()) {
			return Optional.empty();
		}
		return switch (type.group(1)) {
			case "Bounce" -> Optional.of(new Report(Kind.BOUNCE, recipients(text, AmazonNotification::bounced)));
			case "Complaint" ->
				Optional.of(new Report(Kind.COMPLAINT, recipients(text, AmazonNotification::complained)));
			case "Delivery" -> Optional.of(new Report(Kind.DELIVERED, delivered(text)));
			default -> Optional.empty();
		};
	}

	/** An object without objects in it each. */
	private static List<ReportedRecipient> recipients(String text, Function<String, ReportedRecipient> reading) {
		List<ReportedRecipient> recipients = new ArrayList<>();
		int name = text.indexOf("\"emailAddress\"");
		while (name >= 0 && recipients.size() < DeliveryStatus.MAX_RECIPIENTS) {
			int end = text.indexOf('}', name);
			int start = text.lastIndexOf('{', name);
			recipients.add(reading.apply(text.substring(Math.max(start, 0), (end < 0) ? text.length() : end)));
			name = (end < 0) ? -1 : text.indexOf("\"emailAddress\"", end);
		}
		return recipients;
	}

	private static ReportedRecipient bounced(String object) {
		String status = StatusCodes.enhanced(member(object, "status"));
		String diagnostic = member(object, "diagnosticCode");
		return Verdict.of(status, diagnostic, Stage.UNKNOWN)
			.reported(DeliveryStatus.address(member(object, "emailAddress")), status, "failed");
	}

	private static ReportedRecipient complained(String object) {
		return new ReportedRecipient(DeliveryStatus.address(member(object, "emailAddress")), "", "", BounceClass.NONE,
				BounceReason.COMPLAINT.text(), "notificationType: Complaint");
	}

	private static List<ReportedRecipient> delivered(String text) {
		String delivery = text.substring(Math.max(text.indexOf("\"delivery\""), 0));
		int start = Math.max(delivery.indexOf("\"recipients\""), 0);
		int end = delivery.indexOf(']', start);
		String recipients = delivery.substring(start, (end < 0) ? delivery.length() : end);
		String response = member(text, "smtpResponse");
		return AddressScan.in(recipients)
			.stream()
			.limit(DeliveryStatus.MAX_RECIPIENTS)
			.map((found) -> new ReportedRecipient(found.address(), StatusCodes.enhanced(response), "delivered",
					BounceClass.NONE, BounceReason.NONE.text(), Verdict.line(response)))
			.toList();
	}

	private static String member(String object, String name) {
		Matcher matcher = MEMBER.matcher(object);
		while (matcher.find()) {
			if (matcher.group(1).equals(name)) {
				return matcher.group(2).replace("\\\"", "\"").replace("\\n", " ").replace("\\r", " ");
			}
		}
		return "";
	}

}
