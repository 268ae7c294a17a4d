package dev.herald.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * One DKIM-Signature field, folded (RFC 6376 section 3.5). The tag b= stands last, so
 * that the field without it is the beginning of the field with it. For one thread.
 */
final class SignatureField {

	static final String NAME = "DKIM-Signature";

	/** RFC 5322 section 2.1.1: a line should have no more than 78 characters. */
	private static final int LINE = 76;

	/** What is left of a line behind a tab and {@code b=}. */
	private static final int BASE64_PIECE = 72;

	private final StringBuilder text = new StringBuilder(1024).append(NAME).append(':');

	private int lineStart;

	/** A tag on this line, or on the next where it has no room. */
	SignatureField tag(String name, String value) {
		int needed = name.length() + value.length() + 3;
		if (this.text.length() - this.lineStart + needed > LINE) {
			fold();
		}
		else {
			this.text.append(' ');
		}
		this.text.append(name).append('=').append(value).append(';');
		return this;
	}

	/** The tag h=, which may be folded between names. */
	SignatureField headers(List<String> names) {
		fold();
		this.text.append("h=");
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			if (this.text.length() - this.lineStart + name.length() + 1 > LINE) {
				fold();
			}
			this.text.append(name).append((i + 1 < names.size()) ? ':' : ';');
		}
		return this;
	}

	/** The tag b=, still empty, as it is signed. */
	SignatureField unsigned() {
		fold();
		this.text.append("b=");
		return this;
	}

	SignatureField signed(byte[] signature) {
		String base64 = Base64.getEncoder().encodeToString(signature);
		for (int start = 0; start < base64.length(); start += BASE64_PIECE) {
			if (start > 0) {
				fold();
			}
			this.text.append(base64, start, Math.min(base64.length(), start + BASE64_PIECE));
		}
		this.text.append("\r\n");
		return this;
	}

	private void fold() {
		this.text.append("\r\n\t");
		this.lineStart = this.text.length() - 1;
	}

	byte[] octets() {
		return this.text.toString().getBytes(StandardCharsets.US_ASCII);
	}

}
