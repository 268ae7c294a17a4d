package dev.herald.render;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/**
 * What of HTML and CSS a mail uses, under the names of caniemail.com, where it has one.
 * What it has no name for begins with a question mark. MSO's conditional comments are
 * comments here: only Outlook reads them.
 */
final class MailFeatures {

	private static final Map<String, String> ELEMENTS = Map.ofEntries(Map.entry("h[1-6]", "html-h1-h6"),
			Map.entry("ul|ol|li|dl|dt|dd", "html-lists"),
			Map.entry("t[rdh]|tbody|thead|tfoot|caption|col|colgroup", "html-table"),
			Map.entry("section|article|header|footer|main|nav|aside|figure|figcaption|details|summary|mark|time",
					"html-semantics"));

	/** In every client since there is mail in HTML; the table does not list them. */
	private static final Set<String> PLAIN = Set.of("html", "head", "title", "meta", "a", "b", "i", "em", "u", "br",
			"sub", "sup", "center", "font", "big", "tt", "s", "ins", "q", "cite", "kbd", "samp", "var");

	private static final Map<String, String> PROPERTIES = Map.of("border-inline-(start|end)",
			"css-border-inline-block-individual", "border-(inline|block)-.*", "css-border-inline-block-longhand",
			"padding-inline-(start|end)", "css-padding-inline-start-end", "margin-inline-(start|end)",
			"css-margin-inline-start-end", "border-(top|right|bottom|left)(-(color|width|style))?", "css-border",
			"border-(color|width|style)", "css-border", "(margin|padding)-(top|right|bottom|left)", "css-$1");

	/** As old as CSS 1. */
	private static final Set<String> PLAIN_PROPERTIES = Set.of("color", "font-family", "font-style");

	private static final Map<String, String> VALUES = Map.ofEntries(Map.entry("!important", "css-important"),
			Map.entry("\\d(px)\\b", "css-unit-px"), Map.entry("\\d(em)\\b", "css-unit-em"),
			Map.entry("\\d(rem)\\b", "css-unit-rem"), Map.entry("\\d(pt)\\b", "css-unit-pt"),
			Map.entry("\\d(ch)\\b", "css-unit-ch"), Map.entry("\\d(vw)\\b", "css-unit-vw"),
			Map.entry("\\d(vh)\\b", "css-unit-vh"), Map.entry("\\d%", "css-unit-percent"),
			Map.entry("\\brgba\\(", "css-rgba"), Map.entry("\\brgb\\(", "css-rgb"),
			Map.entry("\\bvar\\(", "css-variables"), Map.entry("\\bcalc\\(", "css-unit-calc"),
			Map.entry("\\bmin\\(", "css-function-min"), Map.entry("\\bmax\\(", "css-function-max"),
			Map.entry("\\bclamp\\(", "css-function-clamp"), Map.entry("linear-gradient\\(", "css-linear-gradient"),
			Map.entry("\\bui-(serif|sans-serif|monospace|rounded)|system-ui", "css-sytem-ui"));

	private static final Map<String, String> SELECTORS = Map.of("\\.", "css-selector-class", "#", "css-selector-id",
			"\\[", "css-selector-attribute", ">", "css-selector-child", "\\+", "css-selector-adjacent-sibling", "~",
			"css-selector-general-sibling", "\\*", "css-selector-universal", "[\\w\\])][ ]+[\\w.#\\[*]",
			"css-selector-descendant", "[\\w\\])][.#\\[]", "css-selector-chaining", "(^|[ >+~])[a-z]",
			"css-selector-type");

	private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)\\}");

	private final Predicate<String> known;

	private final Set<String> found = new TreeSet<>();

	/** The same style stands on many elements. */
	private final Set<String> seen = new HashSet<>();

	private MailFeatures(Predicate<String> known) {
		this.known = known;
	}

	/**
	 * @param known whether the table has a feature of this name
	 */
	static Set<String> of(String html, Predicate<String> known) {
		MailFeatures features = new MailFeatures(known);
		Document page = Jsoup.parse(html);
		page.childNodes()
			.stream()
			.filter(DocumentType.class::isInstance)
			.forEach((any) -> features.found.add("html-doctype"));
		page.traverse((node, depth) -> {
			if (node instanceof Comment) {
				features.found.add("html-comments");
			}
			else if (node instanceof Element element && !(node instanceof Document)) {
				features.element(element);
			}
		});
		return features.found;
	}

	private void element(Element element) {
		String name = element.normalName();
		String feature = byPattern(ELEMENTS, name, "html-" + name);
		if (!PLAIN.contains(name)) {
			this.found.add(this.known.test(feature) ? feature : "?" + name);
		}
		for (Attribute attribute : element.attributes()) {
			attribute(element, attribute.getKey(), attribute.getValue());
		}
		if (name.equals("style")) {
			sheet(element.data());
		}
	}

	private void attribute(Element element, String name, String value) {
		if (name.equals("style")) {
			if (this.seen.add(value)) {
				declarations(value);
			}
		}
		else if (this.known.test("html-" + name)) {
			this.found.add("html-" + name);
		}
		if (element.normalName().equals("meta") && value.equals("color-scheme")) {
			this.found.add("html-meta-color-scheme");
		}
		if (name.equals("href") && (value.startsWith("mailto:") || value.startsWith("#"))) {
			this.found.add(value.startsWith("#") ? "html-anchor-links" : "html-mailto-links");
		}
	}

	private void sheet(String css) {
		if (css.contains("/*")) {
			this.found.add("css-comments");
		}
		String rest = css.replaceAll("(?s)/\\*.*?\\*/", "");
		Matcher atRule = Pattern.compile("@([a-z-]+)([^{;]*)[{;]").matcher(rest);
		while (atRule.find()) {
			this.found.add("css-at-" + atRule.group(1));
			for (String media : List.of("prefers-color-scheme", "prefers-reduced-motion", "hover", "orientation")) {
				if (atRule.group(2).contains(media)) {
					this.found.add("css-at-media-" + media);
				}
			}
		}
		Matcher rule = RULE.matcher(rest.replaceAll("@[^{;]*[{;]", ""));
		while (rule.find()) {
			selectors(rule.group(1).replaceAll("^[\\s}]+", "").strip());
			declarations(rule.group(2));
		}
	}

	private void selectors(String group) {
		if (group.contains(",")) {
			this.found.add("css-selector-grouping");
		}
		for (String selector : group.split(",", -1)) {
			String one = selector.strip();
			Matcher pseudo = Pattern.compile("(::?)([a-z-]+)").matcher(one);
			while (pseudo.find()) {
				this.found
					.add("css-pseudo-" + (pseudo.group(1).equals("::") ? "element-" : "class-") + pseudo.group(2));
			}
			String plain = one.replaceAll("::?[a-z-]+(\\([^)]*\\))?", "").replaceAll("\\[[^\\]]*\\]", "[]");
			SELECTORS.forEach((pattern, feature) -> {
				if (Pattern.compile(pattern).matcher(plain).find()) {
					this.found.add(feature);
				}
			});
		}
	}

	private void declarations(String style) {
		for (String declaration : style.split(";", -1)) {
			int colon = declaration.indexOf(':');
			if (colon > 0) {
				property(declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT),
						declaration.substring(colon + 1).strip().toLowerCase(Locale.ROOT));
			}
		}
	}

	private void property(String name, String value) {
		if (!PLAIN_PROPERTIES.contains(name)) {
			String feature = byPattern(PROPERTIES, name, "css-" + name);
			this.found.add(this.known.test(feature) ? feature : "?" + name);
		}
		if (name.equals("display") && this.known.test("css-display-" + value.split(" ", 2)[0])) {
			this.found.add("css-display-" + value.split(" ", 2)[0]);
		}
		VALUES.forEach((pattern, feature) -> {
			if (Pattern.compile(pattern).matcher(value).find()) {
				this.found.add(feature);
			}
		});
	}

	/** The most particular pattern wins: the one that has no .* in it. */
	private static String byPattern(Map<String, String> patterns, String name, String otherwise) {
		return patterns.entrySet()
			.stream()
			.filter((entry) -> name.matches(entry.getKey()))
			.min((one, two) -> Boolean.compare(one.getKey().contains(".*"), two.getKey().contains(".*")))
			.map((entry) -> name.replaceFirst("^(?:" + entry.getKey() + ")$", entry.getValue()))
			.orElse(otherwise);
	}

}
