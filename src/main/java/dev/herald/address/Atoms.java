package dev.herald.address;

/**
 * The parts of addresses whose syntax is that of words between dots. Without regular
 * expressions: a list of a million has as many of them, and each was a quarter of the
 * time of its row.
 */
final class Atoms {

	private static final int MAX_LABEL = 63;

	private Atoms() {
	}

	/** RFC 5322 section 3.2.3 dot-atom, with the non-ASCII of RFC 6532. */
	static boolean isLocalPart(String text) {
		char before = '.';
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '.' ? before == '.' : !isAtomText(c)) {
				return false;
			}
			before = c;
		}
		return before != '.';
	}

	private static boolean isAtomText(char c) {
		return isLetter(c) || isDigit(c) || c >= '\u00a1' || "!#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0;
	}

	/**
	 * RFC 1035 section 2.3.1, digits first allowed by RFC 1123, in lower case: at least
	 * two labels, the last of which is not a number.
	 */
	static boolean isDomain(String text) {
		int begin = 0;
		int dot = text.indexOf('.');
		boolean several = dot >= 0;
		while (dot >= 0) {
			if (!isLabel(text, begin, dot)) {
				return false;
			}
			begin = dot + 1;
			dot = text.indexOf('.', begin);
		}
		return several && isLabel(text, begin, text.length()) && !isNumber(text, begin);
	}

	private static boolean isLabel(String text, int begin, int end) {
		if (begin == end || end - begin > MAX_LABEL || text.charAt(begin) == '-' || text.charAt(end - 1) == '-') {
			return false;
		}
		for (int i = begin; i < end; i++) {
			char c = text.charAt(i);
			if (!isDigit(c) && c != '-' && !(c >= 'a' && c <= 'z')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isNumber(String text, int begin) {
		for (int i = begin; i < text.length(); i++) {
			if (!isDigit(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

}
