package dev.herald.render;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;

/**
 * Copies the rules of a page's style element into style attributes, since some mail
 * readers drop the one and keep the other. Later rules win over earlier ones, and an
 * element's own style wins over both. At-rules (media queries, dark mode) and rules on
 * states such as :hover stay where they are.
 */
final class StyleInliner {

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

	private static final Pattern RULE = Pattern.compile("([^{}@;]+)\\{([^{}]*)\\}");

	private StyleInliner() {
	}

	static String inline(String html) {
		return page(html).outerHtml();
	}

	/** Its outer HTML is the mail. */
	static Document page(String html) {
		Document page = Jsoup.parse(html);
		page.outputSettings().prettyPrint(false);
		List<Rule> rules = new ArrayList<>();
		for (Element style : page.select("style")) {
			rules.addAll(rules(style.data()));
		}
		IdentityHashMap<Element, StringBuilder> styles = new IdentityHashMap<>();
		for (Rule rule : rules) {
			for (Element element : select(page, rule.selector())) {
				styles.computeIfAbsent(element, (any) -> new StringBuilder()).append(rule.declarations());
			}
		}
		styles.forEach((element, style) -> element.attr("style", style + element.attr("style")));
		return page;
	}

	private record Rule(String selector, String declarations) {
	}

	private static List<Rule> rules(String css) {
		List<Rule> result = new ArrayList<>();
		Matcher matcher = RULE.matcher(withoutAtRules(COMMENT.matcher(css).replaceAll("")));
		while (matcher.find()) {
			String declarations = matcher.group(2).replaceAll("\\s+", " ").strip();
			result.add(new Rule(matcher.group(1).strip(),
					declarations.endsWith(";") || declarations.isEmpty() ? declarations : declarations + ";"));
		}
		return result;
	}

	private static String withoutAtRules(String css) {
		StringBuilder out = new StringBuilder();
		int depth = 0;
		boolean atRule = false;
		for (int i = 0; i < css.length(); i++) {
			char c = css.charAt(i);
			atRule = atRule || (c == '@' && depth == 0);
			if (!atRule) {
				out.append(c);
			}
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			if (atRule && depth == 0 && (c == '}' || c == ';')) {
				atRule = false;
			}
		}
		return out.toString();
	}

	private static List<Element> select(Document page, String selector) {
		if (selector.contains(":")) {
			return List.of();
		}
		try {
			return page.body().select(selector);
		}
		catch (Selector.SelectorParseException | IllegalArgumentException ex) {
			// A selector that only browsers know stays in the style element.
			return List.of();
		}
	}

}
