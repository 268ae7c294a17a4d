package dev.herald.dkim;

import java.util.Arrays;

/**
 * Header fields in the canonicalization "relaxed" (RFC 6376 section 3.4.2), one after the
 * other. Works on octets, so that UTF-8 (RFC 6532) is left as it is. For one thread.
 */
final class CanonicalText {

	private byte[] octets;

	private int length;

	CanonicalText(int capacity) {
		this.octets = new byte[capacity];
	}

	/**
	 * @param end behind the field; line ends there and at folds are left out
	 */
	void addField(byte[] source, int start, int colon, int end) {
		addUnended(source, start, colon, end);
		this.octets[this.length++] = '\r';
		this.octets[this.length++] = '\n';
	}

	/** The same without a line end: the signature's own field (section 3.7). */
	void addUnended(byte[] source, int start, int colon, int end) {
		int needed = this.length + (end - start) + 2;
		if (needed > this.octets.length) {
			this.octets = Arrays.copyOf(this.octets, 2 * needed);
		}
		for (int i = start; i < colon; i++) {
			if (source[i] != ' ' && source[i] != '\t') {
				this.octets[this.length++] = lower(source[i]);
			}
		}
		this.octets[this.length++] = ':';
		addValue(source, colon + 1, end);
	}

	private void addValue(byte[] source, int start, int end) {
		int valueStart = this.length;
		boolean space = false;
		for (int i = start; i < end; i++) {
			byte octet = source[i];
			if (octet == ' ' || octet == '\t') {
				space = true;
			}
			else if (octet == '\r' && i + 1 < end && source[i + 1] == '\n') {
				i++;
			}
			else {
				if (space && this.length > valueStart) {
					this.octets[this.length++] = ' ';
				}
				space = false;
				this.octets[this.length++] = octet;
			}
		}
	}

	static byte lower(byte octet) {
		return (octet >= 'A' && octet <= 'Z') ? (byte) (octet + ('a' - 'A')) : octet;
	}

	/** Where the text ends now. */
	int length() {
		return this.length;
	}

	/** Takes back what was added since. */
	void cut(int formerLength) {
		this.length = formerLength;
	}

	/** The text, from the first octet to {@link #length()}; not a copy. */
	byte[] octets() {
		return this.octets;
	}

}
