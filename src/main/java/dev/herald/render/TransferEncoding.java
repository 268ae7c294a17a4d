package dev.herald.render;

import java.nio.charset.StandardCharsets;

/** RFC 2045 section 6: the two that make any text 7 bit clean. */
enum TransferEncoding {

	QUOTED_PRINTABLE("quoted-printable") {
		@Override
		PartEncoder encoder(Pieces out) {
			return new QuotedPrintable(out);
		}

		@Override
		Stretch stretch(byte[] octets, boolean first) {
			return QuotedPrintable.stretch(octets, first);
		}
	},

	BASE64("base64") {
		@Override
		PartEncoder encoder(Pieces out) {
			return new Base64Lines(out);
		}

		@Override
		Stretch stretch(byte[] octets, boolean first) {
			return Base64Lines.stretch(octets, first);
		}
	};

	private final String token;

	TransferEncoding(String token) {
		this.token = token;
	}

	/** As in a Content-Transfer-Encoding field. */
	String token() {
		return this.token;
	}

	abstract PartEncoder encoder(Pieces out);

	/**
	 * Encodes what can be encoded before a mail is made.
	 * @param first whether the part begins with it
	 */
	abstract Stretch stretch(byte[] octets, boolean first);

	/** Quoted-printable takes three octets for one that it escapes, base64 4/3 each. */
	static TransferEncoding shorterFor(String text) {
		byte[] content = canonical(text);
		long escaped = 0;
		for (byte octet : content) {
			if (octet < 0 || octet == '=') {
				escaped++;
			}
		}
		return (content.length + 2 * escaped <= content.length * 4L / 3) ? QUOTED_PRINTABLE : BASE64;
	}

	/** UTF-8 with CRLF, as RFC 2046 section 4.1.1 wants text. */
	static byte[] canonical(String text) {
		return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
	}

}
