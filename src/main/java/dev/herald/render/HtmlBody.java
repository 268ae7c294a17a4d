package dev.herald.render;

import java.util.Map;
import java.util.Set;

import dev.herald.issue.Markdown;
import dev.herald.newsletter.Newsletter;
import org.commonmark.node.BulletList;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * An issue's text as HTML: what Markdown made and what raw HTML the issue has, both
 * through one allow-list. No scripts, forms, frames, event handlers or styles pass; the
 * look is the template's.
 */
final class HtmlBody {

	/** What Markdown makes, and what people write where it has no sign. */
	private static final Set<String> TAGS = Set.of("a", "abbr", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
			"center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
			"figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li",
			"mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike",
			"strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
			"var", "wbr");

	private static final Safelist ALLOWED = new Safelist().addTags(TAGS.toArray(String[]::new))
		.addAttributes("a", "href", "title")
		.addAttributes("abbr", "title")
		.addAttributes("font", "color", "size")
		.addAttributes("img", "src", "alt", "title", "width", "height")
		.addAttributes("ol", "start", "type")
		.addAttributes("p", "align")
		.addAttributes("div", "align")
		.addAttributes("h2", "align")
		.addAttributes("h3", "align")
		.addAttributes("h4", "align")
		.addAttributes("td", "align", "colspan", "rowspan")
		.addAttributes("th", "align", "colspan", "rowspan", "scope")
		.addAttributes(":all", "lang", "dir", "class", "id")
		.addProtocols("a", "href", LinkTargets.SCHEMES.toArray(String[]::new))
		.addProtocols("a", "href", "#")
		.addProtocols("img", "src", "http", "https", "cid");

	/** What the shipped template leaves free left and right of the text, in pixels. */
	private static final int PADDING = 48;

	/** Raw HTML may not borrow the template's other classes. */
	static final Set<String> OWN_CLASSES = Set.of("items", "item", "item-title", "item-comment", "item-source",
			"footnotes", "footnote-ref", "footnote-backref", "task", WholeWords.ALL, WholeWords.HEADS);

	private HtmlBody() {
	}

	/** Whether raw HTML may have an element of that name, lower case. */
	static boolean allows(String name) {
		return TAGS.contains(name);
	}

	/**
	 * @param newsletter whose language, paper and column the page around it has
	 */
	static String render(IssueDocument issue, LinkTargets targets, Newsletter newsletter) {
		int column = newsletter.theme().width() - PADDING;
		HtmlRenderer renderer = HtmlRenderer.builder()
			.extensions(Markdown.extensions())
			.percentEncodeUrls(true)
			.nodeRendererFactory(ItemRenderer::new)
			.attributeProviderFactory((context) -> HtmlBody::markItems)
			.attributeProviderFactory((context) -> (node, tag, attributes) -> attributes
				.putAll(issue.attributes().getOrDefault(node, Map.of())))
			.build();
		Document dirty = Jsoup.parseBodyFragment(renderer.render(issue.root()));
		dirty.select("a[href]").forEach((link) -> settleLink(link, targets));
		dirty.select("img").forEach((picture) -> settlePicture(picture, targets, column));
		Document clean = new Cleaner(ALLOWED).clean(dirty);
		clean.select("h1").forEach((heading) -> heading.tagName("h2"));
		// Markdown's tables have a row of headers even where their editor wanted none.
		clean.select("th").stream().filter(HtmlBody::isEmpty).forEach((header) -> header.tagName("td"));
		clean.select("thead").stream().filter(HtmlBody::isEmpty).forEach(Element::remove);
		WholeWords.mark(clean.body(), newsletter.language());
		// Some readers know the element and let nobody open it.
		clean.select("details").forEach((details) -> details.attr("open", true));
		clean.select("[id]").forEach(HtmlBody::keepOwnId);
		clean.select("[class]").forEach(HtmlBody::keepOwnClasses);
		Section.number(clean.body());
		clean.select("font[color]").forEach((font) -> FontColours.settle(font, newsletter.theme().light().paper()));
		Directions.mark(clean.body(), newsletter.language());
		clean.outputSettings().prettyPrint(false);
		return clean.body().html();
	}

	private static void markItems(Node node, String tag, Map<String, String> attributes) {
		if (node instanceof ListBlock && NewsItems.isItems(node)) {
			attributes.put("class", "items");
		}
		else if (node instanceof ListItem && tag.equals("li") && isTask(node)) {
			attributes.put("class", "task");
		}
		else if (node instanceof ListItem && tag.equals("li") && NewsItems.isItems(node.getParent())) {
			attributes.put("class", "item");
		}
	}

	/** It has a box of its own, and needs no bullet; a number it keeps. */
	private static boolean isTask(Node item) {
		return item.getParent() instanceof BulletList && item.getFirstChild() instanceof Paragraph paragraph
				&& paragraph.getFirstChild() instanceof Text text
				&& (text.getLiteral().startsWith("☐ ") || text.getLiteral().startsWith("☑ "));
	}

	private static void settleLink(Element link, LinkTargets targets) {
		String href = link.attr("href");
		if (!href.startsWith("#fn")) {
			targets.link(href).ifPresentOrElse((url) -> link.attr("href", url), () -> link.removeAttr("href"));
		}
	}

	private static void settlePicture(Element picture, LinkTargets targets, int column) {
		targets.picture(picture.attr("src")).ifPresentOrElse((url) -> {
			picture.attr("src", url).attr("alt", picture.attr("alt"));
			PictureAttributes.settle(picture, targets.pictureSize(url), column);
		}, () -> picture.replaceWith(new TextNode(picture.attr("alt"))));
	}

	private static boolean isEmpty(Element element) {
		return !element.hasText() && element.select("img").isEmpty();
	}

	private static void keepOwnId(Element element) {
		if (!element.id().startsWith("fn")) {
			element.removeAttr("id");
		}
	}

	private static void keepOwnClasses(Element element) {
		Set<String> names = element.classNames();
		names.retainAll(OWN_CLASSES);
		if (names.isEmpty()) {
			element.removeAttr("class");
		}
		else {
			element.classNames(names);
		}
	}

	/** Sets the parts of an item. */
	private static final class ItemRenderer implements NodeRenderer {

		private final HtmlNodeRendererContext context;

		ItemRenderer(HtmlNodeRendererContext context) {
			this.context = context;
		}

		@Override
		public Set<Class<? extends Node>> getNodeTypes() {
			return Set.of(NewsItems.Title.class, NewsItems.Comment.class, NewsItems.Source.class);
		}

		@Override
		public void render(Node node) {
			HtmlWriter html = this.context.getWriter();
			boolean source = node instanceof NewsItems.Source;
			String tag = source ? "span" : "p";
			String style = source ? "item-source" : (node instanceof NewsItems.Title) ? "item-title" : "item-comment";
			html.raw(source ? " " : "");
			html.tag(tag, Map.of("class", style));
			for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
				this.context.render(child);
			}
			html.tag("/" + tag);
		}

	}

}
