package dev.herald.render;

import java.util.Set;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The words of a block of raw HTML for a plain text mail. */
final class TextHtml implements NodeVisitor {

	private static final Set<String> OWN_LINE = Set.of("p", "div", "li", "dt", "dd", "tr", "table", "ul", "ol", "dl",
			"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "details", "summary", "pre", "hr", "center", "section");

	/** Begins a line that keeps its shape. */
	static final String CODE = "    ";

	private final LinkTargets targets;

	private final LinkNumbers numbers;

	private final StringBuilder out = new StringBuilder();

	private TextHtml(LinkTargets targets, LinkNumbers numbers) {
		this.targets = targets;
		this.numbers = numbers;
	}

	static String render(String html, LinkTargets targets, LinkNumbers numbers) {
		TextHtml text = new TextHtml(targets, numbers);
		Jsoup.parseBodyFragment(html).body().traverse(text);
		return text.out.toString()
			.lines()
			.map((line) -> line.startsWith(CODE) ? CODE + line.substring(CODE.length()).stripTrailing() : line.strip())
			.filter((line) -> !line.isBlank())
			.collect(Collectors.joining("\n"));
	}

	@Override
	public void head(Node node, int depth) {
		if (node instanceof TextNode text) {
			Element parent = text.parent();
			boolean code = parent != null && parent.closest("pre") != null;
			this.out.append(code ? text.getWholeText().replace("\n", "\n" + CODE)
					: text.getWholeText().replaceAll("\\s+", " "));
		}
		else if (node instanceof Element element) {
			begin(element);
		}
	}

	private void begin(Element element) {
		if (OWN_LINE.contains(element.normalName()) || element.nameIs("br")) {
			this.out.append('\n');
		}
		if (element.nameIs("pre")) {
			this.out.append(CODE);
		}
		else if (element.nameIs("li")) {
			this.out.append("- ");
		}
		else if (element.nameIs("img") && !element.attr("alt").isBlank()) {
			this.out.append('[').append(element.attr("alt").strip()).append(']');
		}
	}

	@Override
	public void tail(Node node, int depth) {
		if (node instanceof Element element && element.nameIs("a")) {
			this.targets.link(element.attr("href"))
				.filter((url) -> !url.equals(element.text()))
				.ifPresent((url) -> this.out.append(' ').append(this.numbers.mark(url)));
		}
		else if (node instanceof Element element && OWN_LINE.contains(element.normalName())) {
			this.out.append('\n');
		}
		else if (node instanceof Element element && (element.nameIs("td") || element.nameIs("th"))) {
			this.out.append("  ");
		}
	}

}
