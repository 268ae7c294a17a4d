package dev.herald.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.css.Declaration;
import dev.herald.css.Selector;
import dev.herald.css.Style;
import dev.herald.css.StyleSheet;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector.SelectorParseException;

/** What the rules of a page's dark mode say of its elements. */
final class DarkMode {

	private DarkMode() {
	}

	private record Rule(Selector selector, Style style) {

	}

	/**
	 * By element, in effect: an important one, or one that no style attribute gainsays.
	 */
	static Map<Element, Map<String, String>> rules(Document page) {
		List<Rule> rules = new ArrayList<>();
		for (Element style : page.select("style")) {
			for (StyleSheet.Part part : StyleSheet.of(style.data()).parts()) {
				if (part instanceof StyleSheet.Media media && media.query().contains("(prefers-color-scheme:dark)")) {
					media.rules()
						.forEach((rule) -> rule.selectors()
							.forEach((selector) -> rules.add(new Rule(selector, rule.style()))));
				}
			}
		}
		rules.sort(Comparator.comparing((rule) -> rule.selector().specificity()));
		Map<Element, Map<String, String>> result = new HashMap<>();
		for (boolean important : new boolean[] { false, true }) {
			for (Rule rule : rules) {
				List<Declaration> declarations = rule.style()
					.declarations()
					.stream()
					.filter((one) -> one.important() == important)
					.toList();
				for (Element element : declarations.isEmpty() ? List.<Element>of() : select(page, rule.selector())) {
					apply(declarations, important, element, result.computeIfAbsent(element, (any) -> new HashMap<>()));
				}
			}
		}
		return result;
	}

	private static void apply(List<Declaration> declarations, boolean important, Element element,
			Map<String, String> into) {
		Map<String, String> own = important ? Map.of() : PageColours.declarations(element.attr("style"));
		for (Declaration one : declarations) {
			if (!own.containsKey(one.property())) {
				into.put(one.property(), one.value());
			}
		}
	}

	private static List<Element> select(Document page, Selector selector) {
		if (!selector.still()) {
			return List.of();
		}
		try {
			return page.select(selector.text());
		}
		catch (SelectorParseException | IllegalArgumentException ex) {
			// One that only browsers know.
			return List.of();
		}
	}

}
