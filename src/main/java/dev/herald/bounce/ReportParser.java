package dev.herald.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.herald.bounce.Report.Kind;
import dev.herald.bounce.Report.ReportedRecipient;

/**
 * Bytes in, facts out. Pure: no database, no clock. Thread-safe. Reads no more than the
 * first MiB of a mail.
 */
public final class ReportParser {

	private static final Set<String> DELIVERY_STATUS = Set.of("message/delivery-status",
			"message/global-delivery-status");

	private static final Set<String> ORIGINAL = Set.of("message/rfc822", "text/rfc822-headers",
			"message/rfc822-headers", "message/global", "message/global-headers");

	/**
	 * Feedback types of RFC 5965 and its successors that are a reader's own wish. Not:
	 * virus, auth-failure (RFC 6591), not-spam.
	 */
	private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "other", "opt-out", "opt-out-list",
			"miscategorized");

	private ReportParser() {
	}

	/** Never throws for what is in the mail. */
	public static Report parse(byte[] mail) {
		return read(mail).report();
	}

	static ReadReport read(byte[] mail) {
		MailPart root = MailReader.read(mail);
		HeaderFields original = original(root);
		return new ReadReport(report(root, original), root.fields(), original);
	}

	private static Report report(MailPart root, HeaderFields original) {
		Optional<MailPart> feedback = root.all()
			.filter((part) -> part.type().equals("message/feedback-report"))
			.findFirst();
		if (feedback.isPresent()) {
			return feedback(HeaderFields.parse(feedback.get().text()), original);
		}
		List<ReportedRecipient> recipients = root.all()
			.filter((part) -> DELIVERY_STATUS.contains(part.type()))
			.flatMap((part) -> DeliveryStatus.read(part.text()).stream())
			.limit(DeliveryStatus.MAX_RECIPIENTS)
			.toList();
		if (!recipients.isEmpty()) {
			return new Report(Kind.BOUNCE, recipients);
		}
		return new Report(isAutoReply(root.fields()) ? Kind.AUTOREPLY : Kind.OTHER, List.of());
	}

	private static HeaderFields original(MailPart root) {
		return root.all()
			.skip(1)
			.filter((part) -> ORIGINAL.contains(part.type()))
			.findFirst()
			.map((part) -> HeaderFields.parse(headerOnly(part.text())))
			.orElse(HeaderFields.parse(""));
	}

	private static String headerOnly(String mail) {
		String text = mail.stripLeading();
		int blank = text.indexOf("\n\n");
		return (blank < 0) ? text : text.substring(0, blank);
	}

	private static Report feedback(HeaderFields fields, HeaderFields original) {
		String type = fields.first("feedback-type").strip().toLowerCase(Locale.ROOT);
		if (!COMPLAINTS.contains(type)) {
			return new Report(Kind.OTHER, List.of());
		}
		List<String> addresses = new ArrayList<>(fields.all("original-rcpt-to"));
		addresses.addAll(fields.all("removal-recipient"));
		if (addresses.isEmpty()) {
			addresses.add(original.first("to"));
		}
		return new Report(Kind.COMPLAINT,
				addresses.stream()
					.map(DeliveryStatus::address)
					.distinct()
					.limit(DeliveryStatus.MAX_RECIPIENTS)
					.map((address) -> new ReportedRecipient(address, "", "", BounceClass.NONE,
							BounceReason.COMPLAINT.text(), "Feedback-Type: " + type))
					.toList());
	}

	/**
	 * RFC 3834 section 5, and what answering machines put there before it. Not by the
	 * subject: people write those. A daemon's bounce without a status part may say
	 * auto-replied too, and is no vacation.
	 */
	private static boolean isAutoReply(HeaderFields fields) {
		String from = fields.first("from").toLowerCase(Locale.ROOT);
		boolean daemon = from.contains("mailer-daemon") || from.contains("postmaster")
				|| fields.has("x-failed-recipients") || MailPart.type(fields).equals("multipart/report");
		boolean answer = startsWith(fields, "auto-submitted", "auto-replied")
				|| startsWith(fields, "precedence", "auto_reply") || startsWith(fields, "x-autoreply", "yes")
				|| startsWith(fields, "x-precedence", "auto_reply") || fields.has("x-autorespond")
				|| fields.has("x-autoreply-from") || fields.has("x-mail-autoreply");
		return answer && !daemon;
	}

	private static boolean startsWith(HeaderFields fields, String name, String value) {
		return fields.first(name).toLowerCase(Locale.ROOT).startsWith(value);
	}

}
