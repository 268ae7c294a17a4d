package dev.herald.render;

import dev.herald.newsletter.Colour;
import org.jsoup.nodes.Element;

/**
 * The colours that an editor gave to words: kept, but as dark as it takes to read them on
 * the newsletter's paper. Red on white has a contrast of 4.0. In dark mode the template
 * takes them away.
 */
final class FontColours {

	/** WCAG 2.2, level AA. */
	private static final double READABLE = 4.5;

	private FontColours() {
	}

	static void settle(Element font, Colour paper) {
		Colour colour = Colour.parse(font.attr("color"));
		while (colour != null && colour.contrast(paper) < READABLE) {
			colour = colour.equals(Colour.BLACK) ? null : darker(colour);
		}
		if (colour != null) {
			font.attr("color", colour.toString());
		}
		else {
			font.removeAttr("color");
		}
	}

	private static Colour darker(Colour colour) {
		return new Colour(colour.red() * 9 / 10, colour.green() * 9 / 10, colour.blue() * 9 / 10);
	}

}
