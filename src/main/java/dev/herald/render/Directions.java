package dev.herald.render;

import java.util.Locale;
import java.util.Set;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterDirection;
import com.ibm.icu.util.ULocale;
import org.jsoup.nodes.Element;

/**
 * Marks blocks that run against the page, such as a Persian paragraph in an English
 * newsletter. The letters decide, not the first one as dir=auto would: an Arabic sentence
 * may begin with a brand. Stateless.
 */
final class Directions {

	private static final Set<String> BLOCKS = Set.of("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt",
			"dd", "blockquote", "table", "td", "th", "div", "details", "summary", "caption", "center");

	/** A block's letters are counted once a level. */
	private static final int DEEPEST = 30;

	private Directions() {
	}

	static void mark(Element body, Locale language) {
		boolean rightToLeft = ULocale.forLocale(language).isRightToLeft();
		if (rightToLeft || body.text().codePoints().anyMatch(Directions::isRightToLeft)) {
			markChildren(body, rightToLeft, 0);
		}
	}

	private static void markChildren(Element parent, boolean rightToLeft, int depth) {
		for (Element child : parent.children()) {
			boolean own = rightToLeft;
			if (child.hasAttr("dir")) {
				own = child.attr("dir").equalsIgnoreCase("rtl");
			}
			else if (child.nameIs("pre") && rightToLeft) {
				child.attr("dir", "ltr");
				own = false;
			}
			else if (BLOCKS.contains(child.normalName()) && runsAgainst(child.text(), rightToLeft)) {
				own = !rightToLeft;
				child.attr("dir", own ? "rtl" : "ltr");
			}
			if (depth < DEEPEST) {
				markChildren(child, own, depth + 1);
			}
		}
	}

	/** Whether three of four letters do. */
	private static boolean runsAgainst(String text, boolean rightToLeft) {
		long left = text.codePoints()
			.filter((c) -> UCharacter.getDirection(c) == UCharacterDirection.LEFT_TO_RIGHT)
			.count();
		long right = text.codePoints().filter(Directions::isRightToLeft).count();
		long against = rightToLeft ? left : right;
		return against > 0 && against * 4 >= (left + right) * 3;
	}

	private static boolean isRightToLeft(int codePoint) {
		if (codePoint < 0x590) {
			return false;
		}
		int direction = UCharacter.getDirection(codePoint);
		return direction == UCharacterDirection.RIGHT_TO_LEFT || direction == UCharacterDirection.RIGHT_TO_LEFT_ARABIC;
	}

}
