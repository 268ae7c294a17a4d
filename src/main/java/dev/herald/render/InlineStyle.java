package dev.herald.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.css.Declaration;
import dev.herald.css.Selector;
import dev.herald.css.Style;
import org.htmlunit.cssparser.parser.selector.SelectorSpecificity;

/**
 * What becomes of an element's style attribute: its own declarations and those of the
 * rules that select it, in the order of the cascade (CSS Cascading and Inheritance level
 * 4, section 6). For one element; not thread-safe.
 */
final class InlineStyle {

	/**
	 * What some client does not know: there an earlier declaration holds. Functions,
	 * values of CSS 3, units other than those of CSS 1.
	 */
	private static final Pattern NOT_KNOWN_BY_ALL = Pattern.compile(
			"(?i)\\(|\\b(?:start|end|(?:inline-)?(?:flex|grid)|inherit|initial|unset|revert|contents|sticky|anywhere|break-word"
					+ "|(?:min|max|fit)-content)\\b|[\\d.](?:rem|v[hw]|vmin|vmax|ch)\\b");

	private final List<Weighed> weighed = new ArrayList<>();

	private record Weighed(Declaration declaration, SelectorSpecificity specificity) {

		static final Comparator<Weighed> CASCADE = Comparator.comparing((Weighed one) -> one.declaration().important())
			.thenComparing(Weighed::specificity);

	}

	/** Those of a rule; of two that weigh the same the later one counts. */
	void add(Selector selector, Style style) {
		style.declarations().forEach((one) -> this.weighed.add(new Weighed(one, selector.specificity())));
	}

	void addOwn(Style style) {
		style.declarations()
			.forEach((one) -> this.weighed.add(new Weighed(one, SelectorSpecificity.FROM_STYLE_ATTRIBUTE)));
	}

	/** Sorted, those that count more behind the others. */
	List<Declaration> declarations() {
		return this.weighed.stream().sorted(Weighed.CASCADE).map(Weighed::declaration).toList();
	}

	/**
	 * Without what a later declaration overrides in every client.
	 * @param declarations in the order of the cascade
	 */
	static String effective(List<Declaration> declarations) {
		List<Declaration> kept = new ArrayList<>();
		for (int i = 0; i < declarations.size(); i++) {
			Declaration one = declarations.get(i);
			if (declarations.subList(i + 1, declarations.size()).stream().noneMatch((later) -> overrides(later, one))) {
				kept.add(one);
			}
		}
		return kept.stream().map(Declaration::toString).collect(Collectors.joining(";"));
	}

	private static boolean overrides(Declaration later, Declaration one) {
		boolean same = later.property().equals(one.property());
		boolean whole = (later.property().equals("margin") || later.property().equals("padding"))
				&& one.property().matches(later.property() + "-(?:top|right|bottom|left)");
		return (same || whole) && !NOT_KNOWN_BY_ALL.matcher(later.value()).find();
	}

}
