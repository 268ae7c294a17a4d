package dev.herald.returns;

import java.text.Normalizer;
import java.util.Set;

/**
 * A text as its words alone: lower case, one space between them and at both ends, no
 * accents, no apostrophes, no punctuation, no addresses and links: spam@example.org is a
 * name and not a reason.
 */
final class Words {

	/** Nothing that decides comes later. */
	static final int MAX = 4_000;

	private static final int LAST_LATIN = 0x250;

	/** Accents that stand behind their letter. */
	private static final int FIRST_ACCENT = 0x300;

	private static final int LAST_ACCENT = 0x36f;

	private static final Set<String> ELISIONS = Set.of("l", "d", "n", "s", "j", "c", "m", "qu", "dell", "all", "nell",
			"sull", "dall", "un");

	private Words() {
	}

	static String of(String text) {
		StringBuilder words = new StringBuilder(Math.min(text.length(), MAX) + 2).append(' ');
		String plain = withoutNames(text.substring(0, Math.min(text.length(), MAX)));
		for (int i = 0; i < plain.length(); i++) {
			char c = plain.charAt(i);
			if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
				append(words, Character.toLowerCase(c));
			}
			else if (words.charAt(words.length() - 1) != ' ' && !(isApostrophe(c) && !isElision(words))) {
				words.append(' ');
			}
		}
		if (words.charAt(words.length() - 1) != ' ') {
			words.append(' ');
		}
		return words.toString();
	}

	/** Latin letters without their accents; the German ones as they are spelled out. */
	private static void append(StringBuilder words, char c) {
		switch (c) {
			case 'ä', 'æ' -> words.append("ae");
			case 'ö', 'ø' -> words.append("oe");
			case 'ü' -> words.append("ue");
			case 'ß' -> words.append("ss");
			case 'ł' -> words.append('l');
			case 'ı' -> words.append('i');
			default -> {
				if (c > 0x7f && c < LAST_LATIN) {
					words.append(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0));
				}
				else if (c < FIRST_ACCENT || c > LAST_ACCENT) {
					words.append(c);
				}
			}
		}
	}

	/** "L'utente", "d'absence", "qu'il": a word of its own before the apostrophe. */
	private static boolean isElision(StringBuilder words) {
		int start = words.lastIndexOf(" ") + 1;
		return ELISIONS.contains(words.substring(start));
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
