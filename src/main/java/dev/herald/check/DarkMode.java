package dev.herald.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;

/** What the rules of a page's dark mode say of its elements. */
final class DarkMode {

	private static final Pattern QUERY = Pattern.compile("@media[^{}]*prefers-color-scheme\\s*:\\s*dark[^{}]*\\{");

	private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)\\}");

	private static final String IMPORTANT = "!important";

	private DarkMode() {
	}

	private record Rule(String selector, Map<String, String> declarations) {

		/** Enough of CSS Selectors level 4, section 17, for types, classes and ids. */
		int weight() {
			long ids = this.selector.chars().filter((c) -> c == '#').count();
			long classes = this.selector.chars().filter((c) -> c == '.' || c == '[').count();
			long types = Pattern.compile("(?:^|[\\s>+~])[a-z]").matcher(this.selector).results().count();
			return (int) (ids * 10_000 + classes * 100 + types);
		}

	}

	/**
	 * By element, in effect: an important one, or one that no style attribute gainsays.
	 */
	static Map<Element, Map<String, String>> rules(Document page) {
		List<Rule> rules = new ArrayList<>();
		for (Element style : page.select("style")) {
			String css = style.data().replaceAll("(?s)/\\*.*?\\*/", "");
			Matcher query = QUERY.matcher(css);
			while (query.find()) {
				rules.addAll(rules(css.substring(query.end(), endOf(css, query.end()))));
			}
		}
		rules.sort(Comparator.comparingInt(Rule::weight));
		Map<Element, Map<String, String>> result = new HashMap<>();
		for (boolean important : new boolean[] { false, true }) {
			for (Rule rule : rules) {
				for (Element element : select(page, rule.selector())) {
					apply(rule, important, element, result.computeIfAbsent(element, (any) -> new HashMap<>()));
				}
			}
		}
		return result;
	}

	private static void apply(Rule rule, boolean important, Element element, Map<String, String> into) {
		Map<String, String> own = PageColours.declarations(element.attr("style"));
		rule.declarations().forEach((property, value) -> {
			if (value.endsWith(IMPORTANT) == important && (important || !own.containsKey(property))) {
				into.put(property, value.replace(IMPORTANT, "").strip());
			}
		});
	}

	private static int endOf(String css, int from) {
		int depth = 1;
		for (int i = from; i < css.length(); i++) {
			depth += (css.charAt(i) == '{') ? 1 : (css.charAt(i) == '}') ? -1 : 0;
			if (depth == 0) {
				return i;
			}
		}
		return css.length();
	}

	private static List<Rule> rules(String css) {
		List<Rule> rules = new ArrayList<>();
		Matcher rule = RULE.matcher(css);
		while (rule.find()) {
			for (String selector : rule.group(1).split(",", -1)) {
				rules.add(new Rule(selector.strip(), PageColours.declarations(rule.group(2))));
			}
		}
		return rules;
	}

	private static List<Element> select(Document page, String selector) {
		if (selector.contains(":")) {
			return List.of();
		}
		try {
			return page.select(selector);
		}
		catch (Selector.SelectorParseException | IllegalArgumentException ex) {
			// One that only browsers know, such as Outlook.com's [data-ogsc].
			return List.of();
		}
	}

}
