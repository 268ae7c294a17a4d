package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletter;

/** The header of a notice, as {@link MailHeader} writes an issue's. */
final class NoticeHeader {

	private NoticeHeader() {
	}

	/**
	 * With the empty line behind it.
	 * @param listDomain what List-Id ends with
	 */
	static void write(Pieces out, Notice notice, String subject, String listDomain, Instant date) {
		Newsletter newsletter = notice.newsletter();
		EmailAddress replyTo = newsletter.replyTo();
		StringBuilder fields = new StringBuilder();
		field(fields, "Date", MailHeader.DATE.format(date.atOffset(ZoneOffset.UTC)));
		field(fields, "From", MailHeaders.mailbox("From", newsletter.sender()));
		if (replyTo != null) {
			field(fields, "Reply-To", replyTo.value());
		}
		// Without a name: whoever asked for the mail could have typed any.
		field(fields, "To", "<" + notice.to().value() + ">");
		field(fields, "Message-ID", notice.messageId());
		field(fields, "Subject", MailHeaders.unstructured("Subject", subject));
		// RFC 3834 section 5: no vacation notice comes back.
		field(fields, "Auto-Submitted", "auto-generated");
		field(fields, "MIME-Version", "1.0");
		field(fields, "Content-Type", "multipart/alternative; boundary=\"" + MailBody.BOUNDARY + "\"");
		if (notice.unsubscribe() != null) {
			field(fields, "List-Id",
					MailHeaders.named("List-Id", newsletter.name(), newsletter.key() + "." + listDomain));
			field(fields, "List-Unsubscribe", "<" + notice.unsubscribe() + ">");
			field(fields, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		}
		out.put(fields.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
	}

	private static void field(StringBuilder out, String name, String value) {
		out.append(name).append(": ").append(value).append("\r\n");
	}

}
