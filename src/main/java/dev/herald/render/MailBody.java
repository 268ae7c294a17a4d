package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The body of an issue's mails: plain text, then HTML (RFC 2046 section 5.1.4: the best
 * last), both UTF-8 in the shorter of quoted-printable and base64, so 7 bit clean and in
 * short lines. With embedded pictures the HTML and they are one related part (RFC 2387).
 * It comes out the same for the same input. Thread-safe.
 */
final class MailBody {

	/** Has a sign that neither encoding can produce. */
	static final String BOUNDARY = "=_herald";

	/**
	 * RFC 2046 section 5.1.1: a line that begins as the other does would be taken for
	 * that.
	 */
	private static final String PICTURES_BOUNDARY = "=_pictures";

	/** RFC 2387: the HTML is the root, being the first. */
	private static final String RELATED = "--%s\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"%s\"\r\n\r\n"
		.formatted(BOUNDARY, PICTURES_BOUNDARY);

	private final IssuePart text;

	private final IssuePart html;

	private final TrackedHtml tracked;

	private final byte[] beforeText;

	private final byte[] beforeHtml;

	private final byte[] end;

	private final int sharedPrefix;

	/**
	 * @param tracked another form of the HTML, in the same encoding
	 * @param pictures that the HTML shows; all mails share their octets
	 */
	MailBody(IssuePart text, IssuePart html, TrackedHtml tracked, List<EmbeddedPicture> pictures) {
		this.text = text;
		this.html = html;
		this.tracked = tracked;
		this.beforeText = octets(partHeader(BOUNDARY, text));
		this.beforeHtml = octets("\r\n"
				+ (pictures.isEmpty() ? partHeader(BOUNDARY, html) : RELATED + partHeader(PICTURES_BOUNDARY, html)));
		this.end = octets(pictureParts(pictures) + "\r\n--" + BOUNDARY + "--\r\n");
		this.sharedPrefix = shared().size();
	}

	private static String partHeader(String boundary, IssuePart part) {
		return "--%s\r\nContent-Type: text/%s; charset=UTF-8\r\nContent-Transfer-Encoding: %s\r\n\r\n"
			.formatted(boundary, part.subtype(), part.encoding().token());
	}

	private static String pictureParts(List<EmbeddedPicture> pictures) {
		StringBuilder parts = new StringBuilder();
		for (int i = 0; i < pictures.size(); i++) {
			EmbeddedPicture picture = pictures.get(i);
			// A part without a name is shown as "noname" beside the mail in some readers.
			parts.append("""

					--%1$s
					Content-Type: %2$s; name="picture-%3$d.%4$s"
					Content-Transfer-Encoding: base64
					Content-ID: <%5$s>
					Content-Disposition: inline; filename="picture-%3$d.%4$s"

					"""
				.formatted(PICTURES_BOUNDARY, picture.kind().type(), i + 1, picture.kind().extension(), picture.id())
				.replace("\n", "\r\n"));
			parts.append(Base64.getMimeEncoder().encodeToString(picture.octets()));
		}
		return parts.isEmpty() ? "" : parts + "\r\n--" + PICTURES_BOUNDARY + "--\r\n";
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

	/** With the links of the issue, whatever goes out. */
	PartContent html(RecipientValues values) {
		return this.html.content(values);
	}

	/** As it goes out to who consented. */
	PartContent trackedHtml(RecipientValues values) {
		return this.tracked.formFor(values.recipient(), this.html).content(values);
	}

	TrackedHtml tracked() {
		return this.tracked;
	}

	Pieces of(RecipientValues values) {
		Pieces out = new Pieces();
		out.share(this.beforeText);
		text(values).write(this.text.encoding().encoder(out));
		out.share(this.beforeHtml);
		this.tracked.formFor(values.recipient(), this.html).content(values).write(this.html.encoding().encoder(out));
		out.share(this.end);
		return out;
	}

}
