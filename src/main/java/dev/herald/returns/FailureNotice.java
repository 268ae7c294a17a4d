package dev.herald.returns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;

/**
 * A notice of failure that is written for people alone: qmail, Exchange before DSNs,
 * Exim, Notes, the big providers. Read by its form and not by who wrote it.
 */
final class FailureNotice {

	private static final List<String> SENDER_FIELDS = List.of("from", "to", "reply-to", "return-path", "sender", "cc",
			"delivered-to", "x-original-to");

	private static final List<String> ORIGINAL_SENDER_FIELDS = List.of("from", "return-path", "sender", "reply-to");

	private static final List<String> ORIGINAL_RECIPIENT_FIELDS = List.of("x-original-to", "envelope-to",
			"x-envelope-to", "x-rcpt-to", "delivered-to", "to");

	private FailureNotice() {
	}

	static Optional<Report> read(MailPart root, Notice notice, Sender sender) {
		String subject = Words.of(sender.subject());
		String text = Words.of(notice.text());
		if (!saysFailure(sender, subject, text, notice)) {
			return Optional.empty();
		}
		List<DeliveryStatus.Group> groups = DeliveryStatus.read(notice.text());
		if (!groups.isEmpty() && groups.stream().allMatch((group) -> group.failed() || !group.action().isEmpty())) {
			return Optional.of(StatusReport.of(groups, root, notice));
		}
		boolean delayed = isDelay(subject, text);
		List<String> recipients = recipients(root, notice);
		if (!delayed && hasArrived(subject, text, notice)) {
			return Optional.of(new Report(Kind.DELIVERED, recipients.stream().map(FailureNotice::arrived).toList()));
		}
		Evidence evidence = new Evidence(notice.lines(), recipients.size() <= 1);
		List<ReportedRecipient> reported = (recipients.isEmpty() ? List.of("") : recipients).stream()
			.map((address) -> reported(address, evidence, delayed))
			.toList();
		return Optional.of(new Report(delayed ? Kind.DELAY : Kind.BOUNCE, reported));
	}

	/** Two of three: who writes, how the subject is, what the text says. */
	private static boolean saysFailure(Sender sender, String subject, String text, Notice notice) {
		boolean inSubject = Phrases.isNotice("failure", subject) || Phrases.isNotice("delay", subject);
		boolean inText = Phrases.isNotice("failure", text) || Phrases.isNotice("delay", text)
				|| Phrases.isNotice("arrived", text) || StatusCodes.replyAt(notice.text()) >= 0
				|| Phrases.reason(text) != null;
		if (sender.isDaemon()) {
			return inSubject || inText;
		}
		return inSubject && inText
				&& (sender.hasNoEnvelopeSender() || (!sender.isAnswer() && !notice.original().isEmpty()));
	}

	private static boolean isDelay(String subject, String text) {
		boolean final_ = Phrases.isNotice("delayed for good", text);
		return Phrases.isNotice("delay", subject) || (Phrases.isNotice("delay", text) && !final_);
	}

	/** Says so, and nowhere that anything failed. */
	private static boolean hasArrived(String subject, String text, Notice notice) {
		return Phrases.isNotice("arrived", text) && !Phrases.isNotice("failure", subject)
				&& StatusCodes.replyAt(notice.text()) < 0;
	}

	private static ReportedRecipient arrived(String address) {
		return new ReportedRecipient(address, "", "delivered", BounceClass.NONE, BounceReason.NONE.text(), "");
	}

	private static ReportedRecipient reported(String address, Evidence evidence, boolean delayed) {
		Verdict none = new Verdict(BounceReason.UNDEFINED, true, false, "");
		Verdict verdict = evidence.about(address, "", none);
		return verdict.reported(address, StatusCodes.enhanced(verdict.evidence()), delayed ? "delayed" : "failed");
	}

	private static List<String> recipients(MailPart root, Notice notice) {
		List<String> failed = addresses(root.fields(), List.of("x-failed-recipients"));
		if (!failed.isEmpty()) {
			return failed;
		}
		List<String> named = NoticeRecipients.in(notice, strangers(root, notice));
		if (!named.isEmpty()) {
			return named;
		}
		for (String field : ORIGINAL_RECIPIENT_FIELDS) {
			List<String> sentTo = addresses(notice.original(), List.of(field));
			if (sentTo.size() == 1) {
				return sentTo;
			}
		}
		return NoticeRecipients.anyIn(notice);
	}

	private static Set<String> strangers(MailPart root, Notice notice) {
		Set<String> strangers = new HashSet<>();
		addresses(root.fields(), SENDER_FIELDS).forEach((one) -> strangers.add(one.toLowerCase(Locale.ROOT)));
		addresses(notice.original(), ORIGINAL_SENDER_FIELDS)
			.forEach((one) -> strangers.add(one.toLowerCase(Locale.ROOT)));
		return strangers;
	}

	/**
	 * The one address that a notice or its returned mail is about; empty where none is.
	 */
	static String only(MailPart root, Notice notice) {
		List<String> recipients = recipients(root, notice);
		return (recipients.size() == 1) ? recipients.get(0) : "";
	}

	private static List<String> addresses(HeaderFields fields, List<String> names) {
		List<String> addresses = new ArrayList<>();
		for (String name : names) {
			for (String value : fields.all(name)) {
				AddressScan.in(value).forEach((found) -> addresses.add(found.address()));
			}
		}
		return addresses.stream().distinct().limit(DeliveryStatus.MAX_RECIPIENTS).toList();
	}

}
