package dev.herald.issue;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the slug of an issue: lower-case letters and digits of any script, joined by
 * single dashes. Chinese names stay as they are; people type and read them, and a URL
 * encodes them. The date before a Jekyll file's name is part of it: 2017-11-14.md has the
 * slug 2017-11-14.
 */
final class Slug {

	/** In characters; fits its column. */
	static final int MAX_LENGTH = 120;

	private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}_]+");

	private static final Pattern EDGES = Pattern.compile("^-+|-+$");

	private Slug() {
	}

	/**
	 * @return empty when the text has neither letters nor digits
	 */
	static String of(String text) {
		String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
		String slug = trim(UNSAFE.matcher(lower).replaceAll("-"));
		if (slug.length() <= MAX_LENGTH) {
			return slug;
		}
		int end = Character.isHighSurrogate(slug.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
		return trim(slug.substring(0, end));
	}

	private static String trim(String slug) {
		return EDGES.matcher(slug).replaceAll("");
	}

}
