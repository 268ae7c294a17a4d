package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.Subscriber;

/**
 * The header of an issue's mails, in the order of RFC 5322 section 3.6: what is the same
 * for all is encoded once. In ASCII, but for addresses that are not (RFC 6532: what needs
 * SMTPUTF8 on the envelope can't be written in ASCII here either). Immutable.
 */
final class MailHeader {

	static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

	private static final String END = "\r\n";

	private final byte[] from;

	private final byte[] subjectToListId;

	private final byte[] behindUnsubscribe;

	private final byte[] feedbackEnd;

	/**
	 * @param listDomain what List-Id ends with
	 */
	MailHeader(String subject, Newsletter newsletter, String listDomain) {
		EmailAddress replyTo = newsletter.replyTo();
		this.from = octets(field("From", MailHeaders.mailbox("From", newsletter.sender()))
				+ ((replyTo != null) ? field("Reply-To", replyTo.value()) : "") + "To: ");
		this.subjectToListId = octets(END + field("Subject", MailHeaders.unstructured("Subject", subject))
				+ field("MIME-Version", "1.0")
				+ field("Content-Type", "multipart/alternative; boundary=\"" + MailBody.BOUNDARY + "\"")
				+ field("List-Id", MailHeaders.named("List-Id", newsletter.name(), newsletter.key() + "." + listDomain))
				// RFC 8058: this field alone shows mail readers their own unsubscribe
				// button.
				+ "List-Unsubscribe: <");
		// Gmail's postmaster tools count complaints by Feedback-ID; no field names a
		// person.
		this.behindUnsubscribe = octets(
				">" + END + field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") + "Feedback-ID: ");
		this.feedbackEnd = octets(":" + newsletter.key() + ":herald" + END);
	}

	private static String field(String name, String value) {
		return name + ": " + value + END;
	}

	private static byte[] octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** All fields, without the empty line behind them. */
	Pieces of(RecipientValues values, String messageId, Instant date) {
		Subscriber subscriber = values.recipient().subscriber();
		Pieces out = new Pieces();
		out.putAscii("Date: ");
		out.putAscii(DATE.format(date.atOffset(ZoneOffset.UTC)));
		out.putAscii(END);
		out.share(this.from);
		out.put(octets(MailHeaders.mailbox("To", new Mailbox(subscriber.name(), subscriber.address()))));
		out.putAscii(END + "Message-ID: ");
		out.put(octets(messageId));
		out.share(this.subjectToListId);
		out.put(octets(values.unsubscribe()));
		EmailAddress byMail = values.unsubscribeByMail();
		if (byMail != null) {
			// RFC 2369 section 2: the preferred way comes first.
			out.putAscii(">," + END + " <mailto:" + byMail.value() + "?subject=unsubscribe");
		}
		out.share(this.behindUnsubscribe);
		out.putAscii(Integer.toString(values.recipient().delivery().issueId()));
		out.share(this.feedbackEnd);
		return out;
	}

}
