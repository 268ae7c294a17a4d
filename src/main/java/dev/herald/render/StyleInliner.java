package dev.herald.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.herald.css.CssException;
import dev.herald.css.Declaration;
import dev.herald.css.Selector;
import dev.herald.css.Style;
import dev.herald.css.StyleSheet;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector.SelectorParseException;

/**
 * Moves the rules of a page's style elements into style attributes, since some mail
 * readers drop the one and keep the other. At-rules (media queries, dark mode), rules on
 * states such as :hover and rules on what only a mail reader adds stay where they are.
 * For one page; not thread-safe.
 */
final class StyleInliner {

	/** Mail readers wrap texts in them, and make links of numbers and dates. */
	private static final List<String> ADDED_BY_READERS = List.of("", "a", "div", "font", "img", "span", "u");

	private final Document page;

	private final List<Element> elements;

	/** Going over ten thousand elements for each of 80 rules takes its time. */
	private final Map<String, List<Element>> byName;

	private final IdentityHashMap<Element, InlineStyle> found = new IdentityHashMap<>();

	/** Of many elements the style is the same. */
	private final Map<List<Declaration>, String> written = new HashMap<>();

	private StyleInliner(Document page) {
		this.page = page;
		this.elements = page.body().getAllElements();
		this.byName = this.elements.stream().collect(Collectors.groupingBy(Element::normalName));
	}

	/**
	 * @throws CssException when one of its styles is not CSS
	 */
	static void inline(Document page) {
		new StyleInliner(page).inline();
	}

	private void inline() {
		for (Element element : this.page.select("style")) {
			StyleSheet sheet = StyleSheet.of(element.data());
			if (!element.hasAttr("media")) {
				keep(rest(sheet), element);
			}
		}
		for (Element element : this.page.select("[style]")) {
			of(element).addOwn(Style.of(element.attr("style")));
		}
		this.found.forEach((element, style) -> {
			String text = written(style, element);
			if (text.isEmpty()) {
				element.removeAttr("style");
			}
			else {
				element.attr("style", text);
			}
		});
	}

	private static void keep(String rest, Element element) {
		element.empty();
		if (rest.isEmpty()) {
			element.remove();
		}
		else {
			element.appendChild(new DataNode(rest));
		}
	}

	private InlineStyle of(Element element) {
		return this.found.computeIfAbsent(element, (any) -> new InlineStyle());
	}

	/** Copies what can be, and gives what can't. */
	private String rest(StyleSheet sheet) {
		List<StyleSheet.Part> rest = new ArrayList<>();
		for (StyleSheet.Part part : sheet.parts()) {
			if (part instanceof StyleSheet.Rule rule) {
				List<Selector> kept = rule.selectors().stream().filter((selector) -> !copied(selector, rule)).toList();
				if (!kept.isEmpty()) {
					rest.add(new StyleSheet.Rule(kept, rule.style()));
				}
			}
			else {
				rest.add(part);
			}
		}
		return new StyleSheet(rest).toString();
	}

	private boolean copied(Selector selector, StyleSheet.Rule rule) {
		List<Element> selected = select(selector);
		selected.forEach((element) -> of(element).add(selector, rule.style()));
		return !selected.isEmpty() || isAboutNothing(selector);
	}

	/**
	 * Whether no mail reader can make it match: it is about an element of the issue's
	 * text, and this issue has none.
	 */
	private boolean isAboutNothing(Selector selector) {
		Selector around = selector.ancestor();
		if (around == null || !selector.still()) {
			return false;
		}
		return select(around).isEmpty() ? isAboutNothing(around) : !ADDED_BY_READERS.contains(selector.element());
	}

	private List<Element> select(Selector selector) {
		if (!selector.still()) {
			return List.of();
		}
		List<Element> candidates = selector.element().isEmpty() ? this.elements
				: this.byName.getOrDefault(selector.element(), List.of());
		try {
			Evaluator evaluator = org.jsoup.select.Selector.evaluatorOf(selector.text());
			// Not Element.is, which forgets after each what it found out of their
			// parents.
			return candidates.stream().filter((element) -> evaluator.matches(this.page, element)).toList();
		}
		catch (SelectorParseException | IllegalArgumentException ex) {
			// One that only browsers know stays in the style element.
			return List.of();
		}
	}

	private String written(InlineStyle style, Element element) {
		String direction = direction(element);
		boolean rightToLeft = direction.equalsIgnoreCase("rtl");
		boolean known = rightToLeft || direction.equalsIgnoreCase("ltr");
		List<Declaration> declarations = style.declarations()
			.stream()
			.map((one) -> known ? PhysicalSides.of(one, rightToLeft) : one)
			.toList();
		return this.written.computeIfAbsent(declarations, InlineStyle::effective);
	}

	private static String direction(Element element) {
		for (Element at = element; at != null; at = at.parent()) {
			if (at.hasAttr("dir")) {
				return at.attr("dir");
			}
		}
		return "ltr";
	}

}
