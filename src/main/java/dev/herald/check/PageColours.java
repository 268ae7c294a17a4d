package dev.herald.check;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.css.Style;
import dev.herald.newsletter.Colour;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The colours of a page's texts and of what is behind them, as its style attributes say,
 * in dark mode with the rules for that over them.
 */
final class PageColours implements NodeVisitor {

	/** Pairs of colours; a page that has more is no page of a theme. */
	private static final int MOST = 1_000;

	private static final double BOLD = 600;

	private final Map<Element, Map<String, String>> dark;

	/** Many elements have the same style attribute. */
	private final Map<String, Map<String, String>> read = new HashMap<>();

	private final Map<String, Text> texts = new LinkedHashMap<>();

	private final Deque<State> states = new ArrayDeque<>(
			List.of(new State(Colour.BLACK, Colour.WHITE, 16, false, false, false)));

	private PageColours(Map<Element, Map<String, String>> dark) {
		this.dark = dark;
	}

	/**
	 * One of the texts that have these colours.
	 *
	 * @param large as WCAG has it
	 * @param written whether the issue's own HTML gave the colour, not the theme
	 */
	record Text(Colour colour, Colour ground, boolean large, boolean written, String example) {
	}

	private record State(Colour colour, Colour ground, double size, boolean bold, boolean hidden, boolean written) {
	}

	static Collection<Text> light(Document page) {
		return of(page, Map.of());
	}

	/** None where the page has no dark mode. */
	static Collection<Text> dark(Document page) {
		Map<Element, Map<String, String>> rules = DarkMode.rules(page);
		return rules.isEmpty() ? List.of() : of(page, rules);
	}

	private static Collection<Text> of(Document page, Map<Element, Map<String, String>> dark) {
		PageColours colours = new PageColours(dark);
		page.body().traverse(colours);
		return colours.texts.values();
	}

	/** Whether it, or what it is in, is not shown. */
	static boolean hidden(Element element) {
		for (Element at = element; at != null; at = at.parent()) {
			if (hides(declarations(at.attr("style")))) {
				return true;
			}
		}
		return false;
	}

	private static boolean hides(Map<String, String> style) {
		return style.getOrDefault("display", "").equals("none") || style.getOrDefault("opacity", "").equals("0")
				|| style.getOrDefault("visibility", "").equals("hidden");
	}

	@Override
	public void head(Node node, int depth) {
		State state = this.states.element();
		if (node instanceof Element element) {
			this.states.push(inside(element, state));
		}
		else if (node instanceof TextNode text && !text.isBlank() && !state.hidden() && this.texts.size() < MOST) {
			boolean large = state.size() >= 24 || (state.bold() && state.size() >= 18.66);
			this.texts.computeIfAbsent("%s %s %b".formatted(state.colour(), state.ground(), large),
					(key) -> new Text(state.colour(), state.ground(), large, state.written(), text.text().strip()));
		}
	}

	@Override
	public void tail(Node node, int depth) {
		if (node instanceof Element) {
			this.states.pop();
		}
	}

	private State inside(Element element, State around) {
		Map<String, String> style = new HashMap<>(
				this.read.computeIfAbsent(element.attr("style"), PageColours::declarations));
		style.putAll(this.dark.getOrDefault(element, Map.of()));
		Colour ground = colour(style.getOrDefault("background-color", style.getOrDefault("background", "")),
				colour(element.attr("bgcolor"), around.ground()));
		Colour font = element.normalName().equals("font") ? colour(element.attr("color"), null) : null;
		Colour styled = colour(style.getOrDefault("color", ""), null);
		Colour own = (styled != null) ? styled : font;
		String weight = style.getOrDefault("font-weight", "");
		boolean bold = weight.isEmpty() ? around.bold() || List.of("b", "strong", "th").contains(element.normalName())
				: weight.startsWith("bold") || number(weight, 0) >= BOLD;
		return new State((own != null) ? own : around.colour(), (ground != null) ? ground : around.ground(),
				number(style.getOrDefault("font-size", ""), around.size()), bold, around.hidden() || hides(style),
				(own != null) ? styled == null : around.written());
	}

	private static @Nullable Colour colour(String written, @Nullable Colour otherwise) {
		Colour colour = Colour.parse(written);
		return (colour != null) ? colour : otherwise;
	}

	/** Of pixels, or without a unit. */
	private static double number(String written, double otherwise) {
		return written.matches("\\d{1,4}(\\.\\d{1,4})?(px)?") ? Double.parseDouble(written.replace("px", ""))
				: otherwise;
	}

	/** By property, the last of each. */
	static Map<String, String> declarations(String style) {
		Map<String, String> declarations = new HashMap<>();
		Style.of(style).declarations().forEach((one) -> declarations.put(one.property(), one.value()));
		return declarations;
	}

}
