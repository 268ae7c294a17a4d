package dev.herald.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.htmlunit.cssparser.parser.LexicalUnit;
import org.htmlunit.cssparser.parser.LexicalUnit.LexicalUnitType;

/**
 * Writes the values that the parser has read, for style attributes of mails. Stateless.
 */
final class Values {

	private static final Set<LexicalUnitType> TIGHT = Set.of(LexicalUnitType.OPERATOR_COMMA,
			LexicalUnitType.OPERATOR_SLASH);

	private Values() {
	}

	/** Without a space that is not needed. */
	static String text(LexicalUnit first) {
		StringBuilder out = new StringBuilder();
		boolean tight = true;
		for (LexicalUnit unit = first; unit != null; unit = unit.getNextLexicalUnit()) {
			boolean operator = TIGHT.contains(unit.getLexicalUnitType());
			out.append((tight || operator) ? "" : " ").append(one(unit));
			tight = operator;
		}
		return out.toString();
	}

	private static String one(LexicalUnit unit) {
		return switch (unit.getLexicalUnitType()) {
			case STRING_VALUE -> quoted(unit.getStringValue());
			case OPERATOR_COMMA -> ",";
			case OPERATOR_SLASH -> "/";
			case URI -> "url(" + quoted(unit.getStringValue()) + ")";
			case RGBCOLOR -> colour(unit);
			case FUNCTION -> function(unit.getFunctionName(), unit);
			default -> unit.toString();
		};
	}

	/** In the signs that a style attribute need not escape. */
	static String quoted(String text) {
		return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\a ") + "'";
	}

	private static String function(String name, LexicalUnit function) {
		LexicalUnit first = function.getParameters();
		return name.replace("(", "") + "(" + ((first != null) ? text(first) : "") + ")";
	}

	/**
	 * The parser has one function for #ffffff, rgb() and rgba(). Mail programs know the
	 * first best, and many know no fourth parameter of rgb().
	 */
	private static String colour(LexicalUnit colour) {
		List<LexicalUnit> parts = new ArrayList<>();
		for (LexicalUnit part = colour.getParameters(); part != null; part = part.getNextLexicalUnit()) {
			if (part.getLexicalUnitType() != LexicalUnitType.OPERATOR_COMMA) {
				parts.add(part);
			}
		}
		boolean hex = parts.size() == 3 && parts.stream().allMatch(Values::isOctet);
		return hex
				? String.format(Locale.ROOT, "#%02x%02x%02x",
						parts.stream().map(LexicalUnit::getIntegerValue).toArray())
				: function((parts.size() == 4) ? "rgba" : "rgb", colour);
	}

	private static boolean isOctet(LexicalUnit unit) {
		return unit.getLexicalUnitType() == LexicalUnitType.INTEGER && unit.getIntegerValue() >= 0
				&& unit.getIntegerValue() <= 255;
	}

}
