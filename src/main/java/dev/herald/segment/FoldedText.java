package dev.herald.segment;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What conditions compare of an attribute's text, on every database alike. Whoever writes
 * a text writes this beside it. Immutable.
 *
 * @param folded without capital letters and blanks around it; of a longer text the first
 * {@value #LONGEST} characters
 * @param number null where the text is none, or has more than 15 digits before the point
 * or 6 after it
 */
public record FoldedText(String folded, @Nullable BigDecimal number) {

	/** As long as a value of a condition can be, and short enough for an index. */
	static final int LONGEST = TreeReader.LONGEST_VALUE;

	private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(?:[.][0-9]{1,6})?");

	public static FoldedText of(String text) {
		String bare = text.strip();
		return new FoldedText(fold(bare), NUMBER.matcher(bare).matches() ? new BigDecimal(bare) : null);
	}

	/**
	 * Letter by letter, as {@link String#equalsIgnoreCase} does it: what a text begins
	 * with stays what its folded text begins with, where toLowerCase knows a sigma at the
	 * end of a word.
	 */
	private static String fold(String text) {
		StringBuilder folded = new StringBuilder(Math.min(text.length(), LONGEST));
		for (int letter : text.codePoints()
			.map((each) -> Character.toLowerCase(Character.toUpperCase(each)))
			.toArray()) {
			if (folded.length() + Character.charCount(letter) > LONGEST) {
				break;
			}
			folded.appendCodePoint(letter);
		}
		return folded.toString();
	}

}
