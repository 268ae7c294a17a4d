package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The declarations of a style attribute or of a rule, in their order. Immutable. */
record Style(List<Declaration> declarations) {

	static final String QUOTED = "\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'";

	private static final Pattern PART = Pattern
		.compile("(?s)(?:" + QUOTED + "|\\((?:" + QUOTED + "|[^()\"']++|[\"'])*+\\)|[^;(\"']++|[(\"'])++");

	private static final Pattern SPACE = Pattern.compile("(?s)" + QUOTED + "|\\s*,\\s*|\\s+");

	private static final Pattern IMPORTANT = Pattern.compile("(?i)\\s*!\\s*important\\s*$");

	/**
	 * What some client does not know: there an earlier declaration holds. Functions,
	 * values of CSS 3, units other than those of CSS 1.
	 */
	private static final Pattern NOT_KNOWN_BY_ALL = Pattern.compile(
			"(?i)\\(|\\b(?:start|end|(?:inline-)?(?:flex|grid)|inherit|initial|unset|revert|contents|sticky|anywhere|break-word"
					+ "|(?:min|max|fit)-content)\\b|[\\d.](?:rem|v[hw]|vmin|vmax|ch)\\b");

	/**
	 * @param property in lower case
	 */
	record Declaration(String property, String value, boolean important) {

		@Override
		public String toString() {
			return this.property + ":" + this.value + (this.important ? "!important" : "");
		}

		/** Whether in every client nothing of the other is left. */
		private boolean overrides(Declaration other) {
			boolean same = this.property.equals(other.property);
			boolean whole = (this.property.equals("margin") || this.property.equals("padding"))
					&& other.property.matches(this.property + "-(?:top|right|bottom|left)");
			return (same || whole) && (this.important || !other.important)
					&& !NOT_KNOWN_BY_ALL.matcher(this.value).find();
		}

	}

	static Style of(String css) {
		List<Declaration> declarations = new ArrayList<>();
		Matcher part = PART.matcher(css);
		while (part.find()) {
			String text = part.group();
			int colon = text.indexOf(':');
			if (colon > 0 && !text.substring(0, colon).isBlank()) {
				declarations.add(declaration(text.substring(0, colon).strip(), text.substring(colon + 1)));
			}
		}
		return new Style(List.copyOf(declarations));
	}

	private static Declaration declaration(String name, String written) {
		String value = SPACE.matcher(written.strip()).replaceAll((match) -> {
			String text = match.group();
			boolean quoted = text.startsWith("\"") || text.startsWith("'");
			return Matcher.quoteReplacement(quoted ? text : text.contains(",") ? "," : " ");
		});
		Matcher important = IMPORTANT.matcher(value);
		// The name of a variable has capitals that count.
		String property = name.startsWith("--") ? name : name.toLowerCase(Locale.ROOT);
		return important.find() ? new Declaration(property, value.substring(0, important.start()), true)
				: new Declaration(property, value, false);
	}

	/**
	 * With left and right in place of start and end, which Gmail, Outlook and Yahoo do
	 * not know.
	 */
	Style physical(boolean rightToLeft) {
		return new Style(this.declarations.stream().map((one) -> PhysicalSides.of(one, rightToLeft)).toList());
	}

	/** Without what a later declaration overrides. */
	Style effective() {
		List<Declaration> kept = new ArrayList<>();
		for (int i = 0; i < this.declarations.size(); i++) {
			Declaration one = this.declarations.get(i);
			if (this.declarations.subList(i + 1, this.declarations.size())
				.stream()
				.noneMatch((later) -> later.overrides(one))) {
				kept.add(one);
			}
		}
		return new Style(kept);
	}

	/** Without a space that is not needed. */
	@Override
	public String toString() {
		return this.declarations.stream().map(Declaration::toString).collect(Collectors.joining(";"));
	}

}
