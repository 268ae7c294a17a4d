package dev.herald.render;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The HTML part. */
final class HtmlFormat implements PartFormat {

	private static final Set<String> SHAPING = Set.of("class", "id", "dir", "style");

	@Override
	public String template() {
		return "issue/html.ftlh";
	}

	@Override
	public String subtype() {
		return "html";
	}

	@Override
	public Escape templateEscape() {
		return Escape.TEMPLATE;
	}

	@Override
	public String printedSign() {
		return "&#39;";
	}

	@Override
	public String finish(String output) {
		return finish(page(output)).outerHtml();
	}

	private static Document page(String output) {
		Document page = Jsoup.parse(output);
		page.outputSettings().prettyPrint(false);
		return page;
	}

	private static Document finish(Document page) {
		StyleInliner.inline(page);
		PageMinimiser.minimise(page);
		return page;
	}

	@Override
	public @Nullable SlottedText finish(String output, String nonce) {
		Document page = page(output);
		List<String> styles = styles(page);
		if (styles.stream().anyMatch((style) -> style.contains(nonce))) {
			return null;
		}
		for (Element element : page.getAllElements()) {
			element.textNodes()
				.forEach((text) -> text
					.text(Placeholder.resigned(text.getWholeText(), nonce, Escape.TEMPLATE, Escape.TEXT)));
			if (!sign(element, nonce, styles) || decidesOnComment(element, nonce)) {
				return null;
			}
		}
		return SlottedText.of(finish(page).outerHtml(), nonce);
	}

	private static boolean sign(Element element, String nonce, List<String> styles) {
		for (Attribute attribute : element.attributes()) {
			String value = attribute.getValue();
			if (value.contains(nonce)) {
				if (selects(styles, attribute.getKey())) {
					return false;
				}
				attribute.setValue(Placeholder.resigned(value, nonce, Escape.TEMPLATE, Escape.ATTRIBUTE));
			}
		}
		return true;
	}

	/** Whether a comment is dropped or not by its value. */
	private static boolean decidesOnComment(Element element, String nonce) {
		return element.childNodes()
			.stream()
			.anyMatch((node) -> node instanceof Comment comment
					&& comment.getData().stripLeading().startsWith(Placeholder.start(nonce)));
	}

	private static List<String> styles(Document page) {
		return page.select("style").stream().map((style) -> style.data().toLowerCase(Locale.ROOT)).toList();
	}

	/** Whether the look of an element hangs on the value of the attribute. */
	private static boolean selects(List<String> styles, String attribute) {
		Pattern selector = Pattern.compile("\\[\\s*" + Pattern.quote(attribute));
		return SHAPING.contains(attribute) || styles.stream().anyMatch((style) -> selector.matcher(style).find());
	}

	@Override
	public String unsubscribeLine(String url, String word) {
		return "<p><a href=\"%s\">%s</a></p>".formatted(url, templateEscape().apply(word));
	}

}
