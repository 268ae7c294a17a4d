package dev.herald.returns;

/**
 * A text as its words alone: lower case, one space between them and at both ends, no
 * apostrophes, no punctuation, no addresses and links: spam@example.org is a name and not
 * a reason.
 */
final class Words {

	/** Nothing that decides comes later. */
	static final int MAX = 4_000;

	private Words() {
	}

	static String of(String text) {
		StringBuilder words = new StringBuilder(Math.min(text.length(), MAX) + 2).append(' ');
		String plain = withoutNames(text.substring(0, Math.min(text.length(), MAX)));
		for (int i = 0; i < plain.length(); i++) {
			char c = plain.charAt(i);
			if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
				words.append(Character.toLowerCase(c));
			}
			else if (!isApostrophe(c) && words.charAt(words.length() - 1) != ' ') {
				words.append(' ');
			}
		}
		if (words.charAt(words.length() - 1) != ' ') {
			words.append(' ');
		}
		return words.toString();
	}

	private static boolean isApostrophe(char c) {
		return c == '\'' || c == '\u2019' || c == '\u00b4' || c == '`';
	}

	private static String withoutNames(String text) {
		StringBuilder plain = new StringBuilder(text);
		for (AddressScan.Found found : AddressScan.in(text)) {
			blank(plain, found.start(), found.end());
		}
		for (int scheme = plain.indexOf("://"); scheme >= 0; scheme = plain.indexOf("://", scheme + 3)) {
			int start = scheme;
			while (start > 0 && Character.isLetter(plain.charAt(start - 1))) {
				start--;
			}
			int end = scheme;
			while (end < plain.length() && !Character.isWhitespace(plain.charAt(end)) && plain.charAt(end) != '>') {
				end++;
			}
			blank(plain, start, end);
		}
		return plain.toString();
	}

	private static void blank(StringBuilder text, int start, int end) {
		for (int i = start; i < end; i++) {
			text.setCharAt(i, ' ');
		}
	}

}
