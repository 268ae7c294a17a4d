package dev.herald.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.herald.returns.HeaderFields;
import dev.herald.returns.ReadReport;
import dev.herald.returns.Report;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLookup;

import org.springframework.stereotype.Component;

/**
 * Recognises the mail that a mail program writes to the mailto: address of
 * List-Unsubscribe (RFC 2369 section 3.2). Its signed recipient says who leaves what; the
 * sender proves nothing, and what it says is not read. Thread-safe.
 */
@Component
class UnsubscribeMail {

	/** What answering machines and mailing lists put there. */
	private static final List<String> AUTOMATIC_PRECEDENCES = List.of("bulk", "junk", "list", "auto_reply");

	private final SignedRecipient recipients;

	private final DeliveryLookup lookup;

	UnsubscribeMail(SignedRecipient recipients, DeliveryLookup lookup) {
		this.recipients = recipients;
		this.lookup = lookup;
	}

	/** Empty for every other mail, and for one that no person has sent. */
	Optional<DeliveryKey> find(ReadReport mail) {
		HeaderFields header = mail.header();
		if (mail.report().kind() != Report.Kind.OTHER || isAutomatic(header)) {
			return Optional.empty();
		}
		return this.recipients.find(header).flatMap(this.lookup::byUnsubscribeAddress);
	}

	/** RFC 3834 section 5, and a null return path (RFC 5321 section 4.5.5). */
	private static boolean isAutomatic(HeaderFields header) {
		String submitted = value(header, "auto-submitted");
		boolean submittedByItself = !submitted.isEmpty() && !submitted.matches("no\\b.*");
		return submittedByItself || value(header, "return-path").equals("<>")
				|| AUTOMATIC_PRECEDENCES.contains(value(header, "precedence"))
				|| value(header, "from").contains("mailer-daemon@")
				|| value(header, "content-type").startsWith("multipart/report");
	}

	private static String value(HeaderFields header, String name) {
		return header.first(name).toLowerCase(Locale.ROOT);
	}

}
