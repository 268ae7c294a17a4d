package dev.herald.returns;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.herald.returns.Report.Kind;

/**
 * Bytes in, facts out. Pure: no database, no clock. Thread-safe. Reads no more than the
 * first MiB of a mail.
 */
public final class ReportParser {

	/** Of a mail: what is beyond is not read, and need not be fetched. */
	public static final int MAX_BYTES = MailReader.MAX_BYTES;

	private static final Set<String> DELIVERY_STATUS = Set.of("message/delivery-status",
			"message/global-delivery-status");

	private static final Set<String> DISPOSITION = Set.of("message/disposition-notification",
			"message/global-disposition-notification");

	private ReportParser() {
	}

	/** Never throws for what is in the mail. */
	public static Report parse(byte[] mail) {
		return read(mail).report();
	}

	/** The report with the two headers that may name its delivery. */
	public static ReadReport read(byte[] mail) {
		MailPart root = MailReader.read(mail);
		Notice notice = Notice.of(root);
		return new ReadReport(report(root, notice), root.fields(), notice.original());
	}

	/** A system that hands on the report of another one, with a letter before it. */
	private static Optional<Report> handedOn(Notice notice) {
		if (!Sender.of(notice.original()).isDaemon()) {
			return Optional.empty();
		}
		MailPart root = MailReader.read(notice.returned().getBytes(StandardCharsets.UTF_8));
		Notice inner = Notice.of(root);
		List<DeliveryStatus.Group> groups = groups(root);
		return groups.isEmpty() ? FailureNotice.read(root, inner, Sender.of(root.fields()))
				: Optional.of(StatusReport.of(groups, root, inner));
	}

	/**
	 * In the order of trust: what is made for machines, then what they wrote for people.
	 */
	private static Report report(MailPart root, Notice notice) {
		Optional<Report> told = FeedbackReport.read(root, notice).or(() -> AmazonNotification.read(root));
		if (told.isPresent()) {
			return told.get();
		}
		List<DeliveryStatus.Group> groups = groups(root);
		if (!groups.isEmpty()) {
			return StatusReport.of(groups, root, notice);
		}
		if (root.all().anyMatch((part) -> DISPOSITION.contains(part.type()))) {
			return new Report(Kind.RECEIPT, List.of());
		}
		return unformatted(root, notice);
	}

	private static List<DeliveryStatus.Group> groups(MailPart root) {
		return root.all()
			.filter((part) -> DELIVERY_STATUS.contains(part.type()))
			.flatMap((part) -> DeliveryStatus.read(part.text()).stream())
			.limit(DeliveryStatus.MAX_RECIPIENTS)
			.toList();
	}

	private static Report unformatted(MailPart root, Notice notice) {
		Sender sender = Sender.of(root.fields());
		if (sender.isReceipt(notice)) {
			return new Report(Kind.RECEIPT, List.of());
		}
		if ((sender.isAutoReply() && !sender.isDaemon()) || sender.isAutoReplyOfDaemon()) {
			return new Report(sender.isChallenge(notice) ? Kind.CHALLENGE : Kind.AUTOREPLY, List.of());
		}
		if (sender.isDaemon()) {
			Optional<Report> handedOn = handedOn(notice);
			if (handedOn.isPresent()) {
				return handedOn.get();
			}
		}
		return FailureNotice.read(root, notice, sender).orElseGet(() -> {
			Kind kind = sender.isAutoReply() ? Kind.AUTOREPLY
					: sender.isChallenge(notice) ? Kind.CHALLENGE : Kind.OTHER;
			return new Report(kind, List.of());
		});
	}

}
