package dev.herald.bounce;

import java.util.List;
import java.util.Locale;

import dev.herald.returns.HeaderFields;
import dev.herald.returns.ReadReport;
import dev.herald.returns.Report;

/**
 * Recognises the mail that a mail program writes to the mailto: address of
 * List-Unsubscribe (RFC 2369 section 3.2). Its signed recipient says who leaves what; the
 * sender proves nothing, and what it says is not read.
 */
final class UnsubscribeMail {

	/** What answering machines and mailing lists put there. */
	private static final List<String> AUTOMATIC_PRECEDENCES = List.of("bulk", "junk", "list", "auto_reply");

	private UnsubscribeMail() {
	}

	/** Whether a person has sent it; what machines send there is nobody's wish. */
	static boolean isWish(ReadReport mail) {
		return mail.report().kind() == Report.Kind.OTHER && !isAutomatic(mail.header());
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
