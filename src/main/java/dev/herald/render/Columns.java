package dev.herald.render;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;

/**
 * Text in columns of a terminal or a plain text mail: Chinese, Japanese and Korean
 * characters and emoji take two (Unicode Standard Annex 11). Immutable.
 */
public final class Columns {

	/** RFC 5322 section 2.1.1 wants at most 78; replies put marks before each line. */
	static final int WIDTH = 72;

	/** Begins at the start of a word and in bounds: else a long word takes a minute. */
	private static final Pattern URL = Pattern
		.compile("(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,20}://[\\x21-\\x7E]+");

	private final boolean ambiguousIsWide;

	/**
	 * @param language where it is Chinese, Japanese or Korean, fonts show quotes, dashes
	 * and the like in two columns too
	 */
	public Columns(Locale language) {
		this.ambiguousIsWide = List.of("zh", "ja", "ko").contains(language.getLanguage());
	}

	static boolean isWide(int codePoint) {
		if (codePoint < 0x1100) {
			return false;
		}
		int width = UCharacter.getIntPropertyValue(codePoint, UProperty.EAST_ASIAN_WIDTH);
		return width == UCharacter.EastAsianWidth.WIDE || width == UCharacter.EastAsianWidth.FULLWIDTH;
	}

	public int width(String text) {
		return text.codePoints().map(this::width).sum();
	}

	private int width(int codePoint) {
		if (codePoint < 0x80) {
			return 1;
		}
		int type = UCharacter.getType(codePoint);
		if (type == ECharacterCategory.NON_SPACING_MARK || type == ECharacterCategory.ENCLOSING_MARK
				|| type == ECharacterCategory.FORMAT) {
			return 0;
		}
		boolean ambiguous = this.ambiguousIsWide && UCharacter.getIntPropertyValue(codePoint,
				UProperty.EAST_ASIAN_WIDTH) == UCharacter.EastAsianWidth.AMBIGUOUS;
		return (isWide(codePoint) || ambiguous) ? 2 : 1;
	}

	/**
	 * Breaks a text into lines of at most so many columns, at spaces and between Chinese
	 * characters where punctuation allows it. A word or URL that is longer stays whole.
	 */
	List<String> wrap(String text, int columns) {
		List<String> lines = new ArrayList<>();
		for (String line : text.split("\n", -1)) {
			wrapLine(line.strip(), columns, lines);
		}
		return lines;
	}

	private void wrapLine(String text, int columns, List<String> lines) {
		int lineStart = 0;
		int used = 0;
		int start = 0;
		for (int end : breaks(text)) {
			String piece = text.substring(start, end);
			int needed = width(piece.stripTrailing());
			if (used > 0 && used + needed > columns) {
				lines.add(text.substring(lineStart, start).strip());
				lineStart = start;
				used = 0;
			}
			used += width(piece);
			start = end;
		}
		lines.add(text.substring(lineStart).strip());
	}

	private static List<Integer> breaks(String text) {
		List<Integer> result = new ArrayList<>();
		BreakIterator candidates = BreakIterator.getLineInstance(Locale.ROOT);
		candidates.setText(text);
		Matcher url = URL.matcher(text);
		boolean more = url.find();
		for (int at = candidates.next(); at != BreakIterator.DONE; at = candidates.next()) {
			while (more && url.end() <= at - 1) {
				more = url.find();
			}
			boolean inUrl = more && at > url.start() && at < url.end();
			if (at == text.length() || (!inUrl && mayBreak(text, at))) {
				result.add(at);
			}
		}
		return result;
	}

	private static boolean mayBreak(String text, int at) {
		int before = text.codePointBefore(at);
		return before == ' ' || before == '\t' || isWide(before) || isWide(text.codePointAt(at));
	}

}
