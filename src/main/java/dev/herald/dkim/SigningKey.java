package dev.herald.dkim;

import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A key with what its signatures say about it. Immutable and thread-safe; its text never
 * shows the secret.
 *
 * @param identity i=, or null
 */
record SigningKey(KeyName name, @Nullable String identity, DkimAlgorithm algorithm, Signatures signatures,
		DkimRecord published) {

	/**
	 * @param text the canonical header; longer for a while, and left as it was
	 * @param time in seconds since 1970
	 */
	byte[] field(List<String> headers, CanonicalText text, byte[] bodyHash, long time) {
		SignatureField field = new SignatureField().tag("v", "1")
			.tag("a", this.algorithm.tag())
			.tag("c", "relaxed/simple")
			.tag("d", this.name.domain())
			.tag("s", this.name.selector());
		if (this.identity != null) {
			field.tag("i", this.identity);
		}
		field.tag("t", Long.toString(time))
			.headers(headers)
			.tag("bh", Base64.getEncoder().encodeToString(bodyHash))
			.unsigned();
		return field.signed(sign(text, field.octets())).octets();
	}

	private byte[] sign(CanonicalText text, byte[] unsigned) {
		int headerLength = text.length();
		text.addUnended(unsigned, 0, SignatureField.NAME.length(), unsigned.length);
		byte[] signature = this.signatures.sign(text.octets(), text.length());
		text.cut(headerLength);
		return signature;
	}

	@Override
	public String toString() {
		return "%s (%s)".formatted(this.name.record(), this.algorithm.tag());
	}

}
