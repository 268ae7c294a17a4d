package dev.herald.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * Moves the rules of a page's style elements into style attributes, since some mail
 * readers drop the one and keep the other. Later rules win over earlier ones, and an
 * element's own style wins over both. At-rules (media queries, dark mode), rules on
 * states such as :hover and rules on what only a mail reader adds stay where they are.
 * For one page; not thread-safe.
 */
final class StyleInliner {

	/** A selector's part before the last, and the element that the last is about. */
	private static final Pattern LAST = Pattern.compile("(.+)[ >]([a-z][a-z0-9]*)[.\\w-]*(?:\\[[^\\]]*\\])?");

	/** Mail readers wrap texts in them, and make links of numbers and dates. */
	private static final List<String> ADDED_BY_READERS = List.of("a", "div", "font", "img", "span", "u");

	/** Its last part names an element, and no part has more than names. */
	private static final Pattern NAMED = Pattern.compile("(?:[\\w.>-]+[ >])*([a-z][a-z0-9]*)[.\\w-]*");

	private final Document page;

	private final List<Element> elements;

	private final Map<String, List<Element>> byName;

	private final IdentityHashMap<Element, List<Style.Declaration>> found = new IdentityHashMap<>();

	/** Of many elements the style is the same. */
	private final Map<String, String> shortened = new HashMap<>();

	private StyleInliner(Document page) {
		this.page = page;
		this.elements = page.body().getAllElements();
		this.byName = this.elements.stream().collect(Collectors.groupingBy(Element::normalName));
	}

	static void inline(Document page) {
		new StyleInliner(page).inline();
	}

	private void inline() {
		for (Element element : this.page.select("style:not([media])")) {
			String rest = rest(StyleSheet.of(element.data())).toString();
			element.empty();
			if (rest.isEmpty()) {
				element.remove();
			}
			else {
				element.appendChild(new DataNode(rest));
			}
		}
		this.page.select("[style]").forEach(this::of);
		this.found.forEach((element, declarations) -> {
			declarations.addAll(Style.of(element.attr("style")).declarations());
			String style = shortened(new Style(declarations), element);
			if (style.isEmpty()) {
				element.removeAttr("style");
			}
			else {
				element.attr("style", style);
			}
		});
	}

	private List<Style.Declaration> of(Element element) {
		return this.found.computeIfAbsent(element, (any) -> new ArrayList<>());
	}

	/** Copies what can be, and gives what can't. */
	private StyleSheet rest(StyleSheet sheet) {
		List<StyleSheet.Part> rest = new ArrayList<>();
		for (StyleSheet.Part part : sheet.parts()) {
			if (part instanceof StyleSheet.Rule rule) {
				List<String> kept = rule.selectors().stream().filter((selector) -> !copied(selector, rule)).toList();
				rest.add(rule.with(kept));
			}
			else {
				rest.add(part);
			}
		}
		return new StyleSheet(rest);
	}

	private boolean copied(String selector, StyleSheet.Rule rule) {
		List<Element> selected = select(selector);
		selected.forEach((element) -> of(element).addAll(rule.style().declarations()));
		return !selected.isEmpty() || isAboutNothing(selector);
	}

	/**
	 * Whether no mail reader can make it match: it is about an element of the issue's
	 * text, and this issue has none.
	 */
	private boolean isAboutNothing(String selector) {
		Matcher last = LAST.matcher(selector);
		if (!last.matches()) {
			return false;
		}
		String around = last.group(1);
		return select(around).isEmpty() ? isAboutNothing(around) : !ADDED_BY_READERS.contains(last.group(2));
	}

	private List<Element> select(String selector) {
		if (selector.contains(":")) {
			return List.of();
		}
		try {
			Evaluator evaluator = Selector.evaluatorOf(selector);
			// Not Element.is, which forgets after each what it found out of their
			// parents.
			return candidates(selector).stream().filter((element) -> evaluator.matches(this.page, element)).toList();
		}
		catch (Selector.SelectorParseException | IllegalArgumentException ex) {
			// A selector that only browsers know stays in the style element.
			return List.of();
		}
	}

	/** Going over a page of ten thousand elements for each of 80 rules takes its time. */
	private List<Element> candidates(String selector) {
		Matcher named = NAMED.matcher(selector);
		return named.matches() ? this.byName.getOrDefault(named.group(1), List.of()) : this.elements;
	}

	private String shortened(Style style, Element element) {
		String direction = direction(element);
		return this.shortened.computeIfAbsent(direction + style, (any) -> {
			boolean known = direction.equalsIgnoreCase("ltr") || direction.equalsIgnoreCase("rtl");
			return (known ? style.physical(direction.equalsIgnoreCase("rtl")) : style).effective().toString();
		});
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
