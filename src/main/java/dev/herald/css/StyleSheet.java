package dev.herald.css;

import java.util.List;
import java.util.stream.Collectors;

/** What is in a style element, in its order. Immutable. */
public record StyleSheet(List<Part> parts) {

	/** A rule, or an at-rule with all that is in it. */
	public sealed interface Part {

	}

	/**
	 * A rule.
	 *
	 * @param selectors its list, parted
	 */
	public record Rule(List<Selector> selectors, Style style) implements Part {

		@Override
		public String toString() {
			return this.selectors.stream().map(Selector::text).collect(Collectors.joining(",")) + "{" + this.style
					+ "}";
		}

	}

	/**
	 * Rules for some screens or readers.
	 *
	 * @param query as in {@code (prefers-color-scheme:dark)}
	 */
	public record Media(String query, List<Rule> rules) implements Part {

		@Override
		public String toString() {
			return "@media " + this.query + "{" + this.rules.stream().map(Rule::toString).collect(Collectors.joining())
					+ "}";
		}

	}

	/** Any other at-rule, kept as it is written. */
	public record Other(String text) implements Part {

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * @throws CssException when it is not CSS, or CSS that the parser does not know
	 */
	public static StyleSheet of(String css) {
		return CssReader.sheet(css);
	}

	/** Without a space that is not needed. */
	@Override
	public String toString() {
		return this.parts.stream().map(Part::toString).collect(Collectors.joining());
	}

}
