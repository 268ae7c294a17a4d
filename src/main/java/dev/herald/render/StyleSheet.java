package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is in a style element, in its order. Immutable. */
record StyleSheet(List<Part> parts) {

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

	private static final Pattern SPACE = Pattern
		.compile("(?s)(" + Style.QUOTED + ")|\\s*([{};,>])\\s*|(:)\\s+|\\s+(?=!)|(\\s)\\s*");

	/** Not one in parentheses or brackets. */
	private static final Pattern COMMA = Pattern.compile(",(?![^(\\[]*[)\\]])");

	sealed interface Part {

	}

	/**
	 * @param selectors one or more: a rule's own list, parted
	 */
	record Rule(List<String> selectors, Style style) implements Part {

		Rule with(List<String> some) {
			return new Rule(some, this.style);
		}

		@Override
		public String toString() {
			return this.selectors.isEmpty() ? "" : String.join(",", this.selectors) + "{" + this.style + "}";
		}

	}

	/** An at-rule, or what is none of both: kept as it is written. */
	record Other(String text) implements Part {

		@Override
		public String toString() {
			return SPACE.matcher(this.text.strip())
				.replaceAll((match) -> Matcher.quoteReplacement((match.group(1) != null) ? match.group(1)
						: (match.group(2) != null) ? match.group(2)
								: (match.group(3) != null) ? ":" : (match.group(4) != null) ? " " : ""))
				.replace(";}", "}");
		}

	}

	static StyleSheet of(String css) {
		String text = COMMENT.matcher(css).replaceAll(" ");
		List<Part> parts = new ArrayList<>();
		int from = 0;
		while (from < text.length()) {
			int end = end(text, from);
			String part = text.substring(from, end).strip();
			if (!part.isEmpty()) {
				parts.add(part(part));
			}
			from = end;
		}
		return new StyleSheet(List.copyOf(parts));
	}

	/** Behind the brace that closes what begins there, or a semicolon before any. */
	private static int end(String text, int from) {
		int depth = 0;
		for (int i = from; i < text.length(); i++) {
			char c = text.charAt(i);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			if (depth <= 0 && (c == '}' || c == ';')) {
				return i + 1;
			}
		}
		return text.length();
	}

	private static Part part(String text) {
		int open = text.indexOf('{');
		boolean rule = open > 0 && text.endsWith("}") && !text.startsWith("@") && text.indexOf('{', open + 1) < 0;
		return rule
				? new Rule(selectors(text.substring(0, open)), Style.of(text.substring(open + 1, text.length() - 1)))
				: new Other(text);
	}

	private static List<String> selectors(String written) {
		String list = written.strip().replaceAll("\\s+", " ").replaceAll(" ?([,>+~]) ?", "$1");
		return List.of(COMMA.split(list, -1));
	}

	/** Without a space that is not needed. */
	@Override
	public String toString() {
		return this.parts.stream().map(Part::toString).collect(Collectors.joining());
	}

}
