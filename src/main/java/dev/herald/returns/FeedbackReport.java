package dev.herald.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;

/**
 * Complaints: RFC 5965, and mails that forward the returned mail with a word about it.
 */
final class FeedbackReport {

	/**
	 * Feedback types of RFC 5965 and its successors that are a reader's own wish. Not:
	 * virus, auth-failure (RFC 6591), not-spam.
	 */
	private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "other", "opt-out", "opt-out-list",
			"miscategorized");

	/** In the returned mail, by the provider that returned it: the reader first. */
	private static final List<String> RECIPIENT_FIELDS = List.of("x-hmxmroriginalrecipient", "to", "x-original-to",
			"delivered-to", "x-rcpt-to", "envelope-to");

	private FeedbackReport() {
	}

	static Optional<Report> read(MailPart root, Notice notice) {
		return root.all()
			.filter((part) -> part.type().equals("message/feedback-report"))
			.findFirst()
			.map((part) -> formatted(HeaderFields.parse(part.text()), notice.original()))
			.or(() -> unformatted(root, notice));
	}

	private static Report formatted(HeaderFields fields, HeaderFields original) {
		String type = fields.first("feedback-type").strip().toLowerCase(Locale.ROOT);
		List<String> addresses = new ArrayList<>(fields.all("original-rcpt-to"));
		addresses.addAll(fields.all("removal-recipient"));
		if (addresses.isEmpty()) {
			addresses.add(recipient(original));
		}
		boolean complaint = COMPLAINTS.contains(type);
		return report(complaint ? Kind.COMPLAINT : Kind.OTHER, addresses, "Feedback-Type: " + type);
	}

	/** A provider's mail that has nothing to say but returns one, and says why. */
	private static Optional<Report> unformatted(MailPart root, Notice notice) {
		String subject = MailText.header(root.fields().first("subject"));
		boolean returned = root.all().skip(1).anyMatch((part) -> part.type().equals("message/rfc822"));
		if (!returned || !Phrases.isNotice("complaint", Words.of(subject))) {
			return Optional.empty();
		}
		return Optional.of(report(Kind.COMPLAINT, List.of(recipient(notice.original())), "Subject: " + subject));
	}

	private static String recipient(HeaderFields original) {
		return RECIPIENT_FIELDS.stream()
			.map(original::first)
			.filter((value) -> value.contains("@"))
			.findFirst()
			.orElse("");
	}

	private static Report report(Kind kind, List<String> addresses, String evidence) {
		BounceReason reason = (kind == Kind.COMPLAINT) ? BounceReason.COMPLAINT : BounceReason.NONE;
		return new Report(kind,
				addresses.stream()
					.map(DeliveryStatus::address)
					.distinct()
					.limit(DeliveryStatus.MAX_RECIPIENTS)
					.map((address) -> new ReportedRecipient(address, "", "", BounceClass.NONE, reason.text(),
							Verdict.line(evidence)))
					.toList());
	}

}
