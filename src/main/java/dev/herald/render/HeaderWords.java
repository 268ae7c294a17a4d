package dev.herald.render;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jsoup.nodes.Element;

/**
 * Keeps the words of a table's headers whole where they fit a narrow phone side by side.
 * All else breaks within words before it makes a page wider than the screen. Stateless.
 */
final class HeaderWords {

	/** For the shipped template's rule. */
	static final String CLASS = "whole-heads";

	/** In pixels: a phone of 320 without the padding left and right. */
	private static final int NARROWEST = 288;

	/** In pixels, of a bold letter of 15. */
	private static final int LETTER = 9;

	/** In pixels, beside each cell. */
	private static final int PADDING = 12;

	private HeaderWords() {
	}

	static void mark(Element table, Locale language) {
		Columns columns = new Columns(language);
		Map<Integer, Integer> widest = new HashMap<>();
		for (Element cell : table.select("th, td[align=right]")) {
			// The template breaks no line in a column of numbers.
			String[] pieces = cell.attr("align").equals("right") ? new String[] { cell.text() }
					: cell.text().split(" ", -1);
			for (String piece : pieces) {
				widest.merge(cell.elementSiblingIndex(), columns.width(piece), Math::max);
			}
		}
		int needed = widest.values().stream().mapToInt((width) -> width * LETTER + PADDING).sum();
		if (!table.select("th").isEmpty() && needed <= NARROWEST) {
			table.addClass(CLASS);
		}
	}

}
