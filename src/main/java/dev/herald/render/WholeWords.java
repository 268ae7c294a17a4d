package dev.herald.render;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jsoup.nodes.Element;

/**
 * Keeps the words of a table whole where its columns fit a narrow phone side by side: all
 * words, or else those of the headers. What is left breaks within words before it makes a
 * page wider than the screen. Of tables in one another the innermost alone are looked at,
 * so that no cell is read twice. Stateless.
 */
final class WholeWords {

	/** For the shipped template's rules. */
	static final String ALL = "whole-words";

	/** For the shipped template's rules. */
	static final String HEADS = "whole-heads";

	/** In pixels: a phone of 320 without the padding left and right. */
	private static final int NARROWEST = 288;

	/** In pixels, of a bold letter of 15. */
	private static final int LETTER = 9;

	/** In pixels, beside each cell. */
	private static final int PADDING = 12;

	/** In letters. Code has no words: the template lets it break anywhere. */
	private static final int CODE = 7;

	/** The template breaks no line in a column of numbers. */
	private static final String NUMBERS = "td[align=right], th[align=right]";

	private final Columns columns;

	private WholeWords(Locale language) {
		this.columns = new Columns(language);
	}

	static void mark(Element content, Locale language) {
		WholeWords words = new WholeWords(language);
		content.select("table:not(:has(table))").forEach(words::mark);
	}

	private void mark(Element table) {
		if (fit(table, "th, td")) {
			table.addClass(ALL);
		}
		else if (!table.select("th").isEmpty() && fit(table, "th, td[align=right]")) {
			table.addClass(HEADS);
		}
	}

	private boolean fit(Element table, String cells) {
		Map<Integer, Integer> widest = new HashMap<>();
		for (Element cell : table.select(cells)) {
			widest.merge(cell.elementSiblingIndex(), letters(cell), Math::max);
		}
		return widest.values().stream().mapToInt((letters) -> letters * LETTER + PADDING).sum() <= NARROWEST;
	}

	private int letters(Element cell) {
		if (cell.is(NUMBERS)) {
			return this.columns.width(cell.text());
		}
		Element prose = cell.clone();
		boolean code = !prose.select("code").remove().isEmpty();
		return Math.max(code ? CODE : 0, this.columns.longestPiece(prose.text()));
	}

}
