package dev.herald.dkim;

import java.util.ArrayList;
import java.util.List;

/** The fields of one message's header. Reads the caller's array; for one thread. */
final class HeaderBlock {

	private final byte[] octets;

	private final List<Field> fields = new ArrayList<>(24);

	/**
	 * @param end behind the last field, or behind the empty line that follows it
	 * @throws IllegalArgumentException where a line is no field and continues none
	 */
	HeaderBlock(byte[] octets, int end) {
		this.octets = octets;
		int start = 0;
		while (start < end && !isLineEnd(start, end)) {
			int next = nextField(start, end);
			int colon = start;
			while (colon < next && octets[colon] != ':') {
				colon++;
			}
			if (colon == next || colon == start) {
				throw new IllegalArgumentException("No header field at octet " + start + " of the message");
			}
			this.fields.add(new Field(start, colon, next));
			start = next;
		}
	}

	private boolean isLineEnd(int at, int end) {
		return at + 1 < end && this.octets[at] == '\r' && this.octets[at + 1] == '\n';
	}

	private int nextField(int start, int end) {
		for (int i = start; i < end; i++) {
			if (isLineEnd(i, end) && (i + 2 == end || !isWhitespace(this.octets[i + 2]))) {
				return i + 2;
			}
		}
		return end;
	}

	private static boolean isWhitespace(byte octet) {
		return octet == ' ' || octet == '\t';
	}

	/**
	 * Adds what is signed to the canonical text, and names it in the tag h=. Of fields
	 * with one name the last comes first (RFC 6376 section 5.4.2).
	 */
	void select(List<SignedField> signed, List<String> names, CanonicalText text) {
		for (SignedField field : signed) {
			for (int i = this.fields.size() - 1; i >= 0; i--) {
				Field candidate = this.fields.get(i);
				if (hasName(candidate, field.name())) {
					names.add(field.name());
					text.addField(this.octets, candidate.start(), candidate.colon(), candidate.end());
				}
			}
			if (field.sealed()) {
				names.add(field.name());
			}
		}
	}

	private boolean hasName(Field field, String name) {
		int end = field.colon();
		while (end > field.start() && isWhitespace(this.octets[end - 1])) {
			end--;
		}
		if (end - field.start() != name.length()) {
			return false;
		}
		for (int i = 0; i < name.length(); i++) {
			if (CanonicalText.lower(this.octets[field.start() + i]) != name.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * One field with its folds.
	 *
	 * @param end behind its last line end
	 */
	private record Field(int start, int colon, int end) {
	}

	/**
	 * A field that is signed where it is present.
	 *
	 * @param name in lower case, ASCII
	 * @param sealed named once more than it is present, so that adding one breaks the
	 * signature (RFC 6376 section 8.15)
	 */
	record SignedField(String name, boolean sealed) {
	}

}
