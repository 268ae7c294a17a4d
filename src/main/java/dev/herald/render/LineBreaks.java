package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/**
 * Where a line of running text may end: at spaces, between Chinese and Japanese
 * characters as far as their punctuation allows (Unicode Standard Annex 14, strict), in
 * scripts without spaces between words; never in a URL or a short piece of code, and
 * never so that a number parts from its word or the next line looks like a list.
 * Thread-safe.
 */
final class LineBreaks {

	/** Put into text where it may break. */
	private static final int ZERO_WIDTH_SPACE = 0x200B;

	/** Begins at the start of a word and in bounds: else a long word takes a minute. */
	private static final Pattern WHOLE = Pattern
		.compile("(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,20}://[\\x21-\\x7E]+|`[^`\\n]++`");

	/** In characters, with its signs; longer code may break at its spaces. */
	private static final int SHORT_CODE = 42;

	/** What would be read as a list, a quote or the number of a link. */
	private static final Pattern MARK = Pattern.compile("(?:[-*+>#]|\\d{1,3}[.)])(?=\\s|$)|\\[\\d{1,4}\\](?=\\W|$)");

	private static final Pattern AFTER_MARK = Pattern.compile("(?:^| )(?:[-*+>#]|\\d{1,3}[.)]) +$|\\[\\d{1,4}\\] *$");

	/**
	 * Copied for each use: ICU reads the rules of a language anew when threads want two.
	 */
	private final BreakIterator rules;

	LineBreaks(Locale language) {
		this.rules = BreakIterator.getLineInstance(new ULocale(language.getLanguage() + "@lb=strict"));
	}

	/** The positions in a line, its end included. */
	List<Integer> in(String text) {
		List<Integer> result = new ArrayList<>();
		BreakIterator candidates = this.rules.clone();
		candidates.setText(text);
		Matcher whole = WHOLE.matcher(text);
		boolean more = whole.find();
		for (int at = candidates.next(); at != BreakIterator.DONE; at = candidates.next()) {
			while (more && whole.end() <= at - 1) {
				more = whole.find();
			}
			boolean within = more && at > whole.start() && at < whole.end()
					&& (text.charAt(whole.start()) != '`' || whole.end() - whole.start() <= SHORT_CODE);
			if (at == text.length() || (!within && isBreak(text, at))) {
				result.add(at);
			}
		}
		return result;
	}

	private static boolean isBreak(String text, int at) {
		int before = text.codePointBefore(at);
		boolean between = before == ' ' || before == ZERO_WIDTH_SPACE || Columns.isWide(before)
				|| Columns.isWide(text.codePointAt(at)) || isWithoutSpaces(before);
		return between && !isAfterDot(text, at) && (!startsWithMark(text, at) || isAfterMark(text, at));
	}

	/** Thai, Lao, Khmer, Burmese: a dictionary finds the words. */
	private static boolean isWithoutSpaces(int codePoint) {
		return codePoint >= 0x0E00 && UCharacter.getIntPropertyValue(codePoint,
				UProperty.LINE_BREAK) == UCharacter.LineBreak.COMPLEX_CONTEXT;
	}

	/** The dot between an item's title and its source begins a line, and ends none. */
	private static boolean isAfterDot(String text, int at) {
		return text.startsWith(" · ", at - 3) && !text.startsWith("·", at);
	}

	private static boolean startsWithMark(String text, int at) {
		return MARK.matcher(text).region(at, Math.min(text.length(), at + 8)).useTransparentBounds(true).lookingAt();
	}

	/** Of a row of marks only the first stays with its word. */
	private static boolean isAfterMark(String text, int at) {
		return AFTER_MARK.matcher(text.substring(Math.max(0, at - 8), at)).find();
	}

}
