package dev.herald.render;

import java.nio.charset.StandardCharsets;

/**
 * The body of an issue's mails: plain text, then HTML (RFC 2046 section 5.1.4: the best
 * last), both UTF-8 in the shorter of quoted-printable and base64, so 7 bit clean and in
 * short lines. It comes out the same for the same input. Thread-safe.
 */
final class MailBody {

	/** Has a sign that neither encoding can produce. */
	static final String BOUNDARY = "=_herald";

	private final IssuePart text;

	private final IssuePart html;

	private final byte[] beforeText;

	private final byte[] beforeHtml;

	private final byte[] end;

	private final int sharedPrefix;

	MailBody(IssuePart text, IssuePart html) {
		this.text = text;
		this.html = html;
		this.beforeText = octets(partHeader(text));
		this.beforeHtml = octets("\r\n" + partHeader(html));
		this.end = octets("\r\n--" + BOUNDARY + "--\r\n");
		this.sharedPrefix = shared().size();
	}

	private static String partHeader(IssuePart part) {
		return "--%s\r\nContent-Type: text/%s; charset=UTF-8\r\nContent-Transfer-Encoding: %s\r\n\r\n"
			.formatted(BOUNDARY, part.subtype(), part.encoding().token());
	}

	private static byte[] octets(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private Pieces shared() {
		Pieces out = new Pieces();
		out.share(this.beforeText);
		this.text.writeShared(out);
		return out;
	}

	/** In octets: so far the bodies of all mails are the same. */
	int sharedPrefix() {
		return this.sharedPrefix;
	}

	PartContent text(RecipientValues values) {
		return this.text.content(values);
	}

	PartContent html(RecipientValues values) {
		return this.html.content(values);
	}

	Pieces of(RecipientValues values) {
		Pieces out = new Pieces();
		out.share(this.beforeText);
		text(values).write(this.text.encoding().encoder(out));
		out.share(this.beforeHtml);
		html(values).write(this.html.encoding().encoder(out));
		out.share(this.end);
		return out;
	}

}
