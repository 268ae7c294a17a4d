package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;

/**
 * Text in columns of a terminal or a plain text mail: Chinese, Japanese and Korean
 * characters and emoji take two (Unicode Standard Annex 11), what is joined into one
 * emoji takes two as well. Immutable.
 */
public final class Columns {

	/** RFC 5322 section 2.1.1 wants at most 78; replies put marks before each line. */
	static final int WIDTH = 72;

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private static final int EMOJI_PRESENTATION = 0xFE0F;

	private final LineBreaks breaks;

	private final boolean ambiguousIsWide;

	/**
	 * @param language where it is Chinese, Japanese or Korean, fonts show quotes, dashes
	 * and the like in two columns too
	 */
	public Columns(Locale language) {
		this.breaks = new LineBreaks(language);
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
		int total = 0;
		int last = 0;
		boolean joined = false;
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			int own = (joined || (isSkinTone(codePoint) && last == 2)) ? 0 : width(codePoint);
			if (codePoint == EMOJI_PRESENTATION && last == 1) {
				own = 1;
				last = 2;
			}
			else if (own > 0) {
				last = own;
			}
			total += own;
			joined = codePoint == ZERO_WIDTH_JOINER && last == 2;
		}
		return total;
	}

	private static boolean isSkinTone(int codePoint) {
		return codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
	}

	private int width(int codePoint) {
		if (codePoint < 0x80) {
			return 1;
		}
		int type = UCharacter.getType(codePoint);
		if (type == ECharacterCategory.NON_SPACING_MARK || type == ECharacterCategory.ENCLOSING_MARK
				|| type == ECharacterCategory.FORMAT || isJoinedJamo(codePoint)) {
			return 0;
		}
		boolean ambiguous = this.ambiguousIsWide && UCharacter.getIntPropertyValue(codePoint,
				UProperty.EAST_ASIAN_WIDTH) == UCharacter.EastAsianWidth.AMBIGUOUS;
		return (isWide(codePoint) || ambiguous) ? 2 : 1;
	}

	/** Vowels and finals of a Korean syllable written in parts. */
	private static boolean isJoinedJamo(int codePoint) {
		return codePoint >= 0x1160 && codePoint <= 0x11FF;
	}

	/** The width of the narrowest lines that the text can be broken into. */
	int longestPiece(String text) {
		int longest = 0;
		int start = 0;
		for (int end : this.breaks.in(text)) {
			longest = Math.max(longest, width(text.substring(start, end).strip()));
			start = end;
		}
		return longest;
	}

	/**
	 * Breaks a text into lines of at most so many columns, at spaces and between Chinese
	 * characters where punctuation allows it. A word or URL that is longer stays whole.
	 */
	List<String> wrap(String text, int columns) {
		return flow(text, columns).stream().map(String::stripTrailing).toList();
	}

	/**
	 * The same for {@link FlowedText}: each line that goes on in the next ends with its
	 * own space, if one was there, and one more.
	 */
	List<String> flow(String text, int columns) {
		List<String> lines = new ArrayList<>();
		for (String line : text.split("\n", -1)) {
			flowLine(line.strip(), columns, lines);
		}
		return lines;
	}

	private void flowLine(String text, int columns, List<String> lines) {
		int lineStart = 0;
		int used = 0;
		int start = 0;
		for (int end : this.breaks.in(text)) {
			String piece = text.substring(start, end);
			int needed = width(piece.stripTrailing());
			if (used > 0 && used + needed > columns) {
				lines.add(FlowedText.soft(text.substring(lineStart, start)));
				lineStart = start;
				used = 0;
			}
			used += width(piece);
			start = end;
		}
		lines.add(text.substring(lineStart));
	}

}
