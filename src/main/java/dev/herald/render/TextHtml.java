package dev.herald.render;

import java.util.Set;

import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Document;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;

/**
 * A block of raw HTML as the Markdown that says the same, so that plain text has one
 * renderer. What has no Markdown has nodes of its own.
 */
final class TextHtml {

	private static final Set<String> BLOCKS = Set.of("p", "div", "li", "dt", "dd", "tr", "td", "th", "table", "ul",
			"ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "details", "summary", "pre", "hr", "center",
			"section", "caption", "figure", "figcaption", "tbody", "thead", "tfoot");

	private final LinkTargets targets;

	private TextHtml(LinkTargets targets) {
		this.targets = targets;
	}

	/** A list of definitions: terms, each with what it means below. */
	static final class Definitions extends CustomBlock {

	}

	/** What a term means. */
	static final class Definition extends CustomBlock {

	}

	static Node tree(String html, LinkTargets targets) {
		Document document = new Document();
		new TextHtml(targets).blocks(Jsoup.parseBodyFragment(html).body(), document);
		return document;
	}

	/** What stands between two blocks is a paragraph. */
	private void blocks(Element from, Node parent) {
		Paragraph open = new Paragraph();
		for (org.jsoup.nodes.Node child : from.childNodes()) {
			if (child instanceof Element element && isBlock(element)) {
				close(open, parent);
				open = new Paragraph();
				block(element, parent);
			}
			else {
				inline(child, open);
			}
		}
		close(open, parent);
	}

	private static void close(Paragraph open, Node parent) {
		boolean words = open.getFirstChild() instanceof Text text && text.getNext() == null
				&& text.getLiteral().isBlank();
		if (open.getFirstChild() != null && !words) {
			parent.appendChild(open);
		}
	}

	private static boolean isBlock(Element element) {
		return BLOCKS.contains(element.normalName()) || (!element.nameIs("a")
				&& element.stream().skip(1).anyMatch((inner) -> BLOCKS.contains(inner.normalName())));
	}

	private void block(Element element, Node parent) {
		switch (element.normalName()) {
			case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element, parent);
			case "ul" -> list(element, new BulletList(), parent);
			case "ol" -> list(element, numbered(element), parent);
			case "dl" -> blocks(element, appended(new Definitions(), parent));
			case "dd" -> blocks(element, appended(new Definition(), parent));
			case "blockquote" -> blocks(element, appended(new BlockQuote(), parent));
			case "hr" -> parent.appendChild(new ThematicBreak());
			case "pre" -> code(element, parent);
			case "table" -> table(element, parent);
			default -> blocks(element, parent);
		}
	}

	private static Node appended(Block block, Node parent) {
		parent.appendChild(block);
		return block;
	}

	private void heading(Element element, Node parent) {
		Heading heading = new Heading();
		heading.setLevel(Math.max(2, element.normalName().charAt(1) - '0'));
		parent.appendChild(heading);
		inlines(element, heading);
	}

	private static OrderedList numbered(Element element) {
		OrderedList list = new OrderedList();
		String start = element.attr("start");
		list.setMarkerStartNumber(start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1);
		return list;
	}

	private void list(Element element, ListBlock list, Node parent) {
		list.setTight(true);
		parent.appendChild(list);
		for (Element item : element.children()) {
			blocks(item, appended(new ListItem(), list));
		}
	}

	private static void code(Element element, Node parent) {
		FencedCodeBlock code = new FencedCodeBlock();
		code.setLiteral(element.wholeText());
		parent.appendChild(code);
	}

	/** A table that only arranges other blocks is read cell by cell. */
	private void table(Element element, Node parent) {
		Elements rows = element.select("tr");
		int width = rows.stream().mapToInt((row) -> row.children().size()).max().orElse(0);
		boolean layout = element.select("td, th")
			.stream()
			.anyMatch((cell) -> cell.children().stream().anyMatch(TextHtml::isBlock));
		if (layout || width < 2) {
			blocks(element, parent);
			return;
		}
		element.select("caption").forEach((caption) -> blocks(caption, parent));
		boolean head = rows.get(0).select("td").isEmpty();
		TableHead first = new TableHead();
		TableBody body = new TableBody();
		Node table = appended(new TableBlock(), parent);
		table.appendChild(first);
		table.appendChild(body);
		row(head ? rows.get(0) : new Element("tr"), width, first);
		rows.subList(head ? 1 : 0, rows.size()).forEach((row) -> row(row, width, body));
	}

	private void row(Element element, int width, Node part) {
		TableRow row = new TableRow();
		part.appendChild(row);
		for (int i = 0; i < width; i++) {
			TableCell cell = new TableCell();
			row.appendChild(cell);
			if (i < element.children().size()) {
				Element from = element.child(i);
				cell.setAlignment(from.attr("align").equalsIgnoreCase("right") ? TableCell.Alignment.RIGHT : null);
				inlines(from, cell);
			}
		}
	}

	private void inlines(Element from, Node parent) {
		from.childNodes().forEach((child) -> inline(child, parent));
	}

	private void inline(org.jsoup.nodes.Node from, Node parent) {
		if (from instanceof TextNode text) {
			parent.appendChild(new Text(text.getWholeText().replaceAll("\\s+", " ")));
		}
		else if (from instanceof Element element) {
			inline(element, parent);
		}
	}

	private void inline(Element element, Node parent) {
		switch (element.normalName()) {
			case "br" -> parent.appendChild(new HardLineBreak());
			case "b", "strong" -> within(element, new StrongEmphasis("*"), parent);
			case "i", "em" -> within(element, new Emphasis("*"), parent);
			case "s", "del", "strike" -> within(element, new Strikethrough("~~"), parent);
			case "code", "tt", "kbd", "samp" -> parent.appendChild(new Code(element.text()));
			case "img" -> within(new Element("span").text(element.attr("alt")), new Image("", null), parent);
			case "a" -> this.targets.link(element.attr("href"))
				.ifPresentOrElse((url) -> within(element, new Link(url, null), parent), () -> inlines(element, parent));
			default -> inlines(element, parent);
		}
	}

	private void within(Element element, Node node, Node parent) {
		parent.appendChild(node);
		inlines(element, node);
	}

}
