package dev.herald.check;

import java.util.ArrayList;
import java.util.List;

import dev.herald.issue.IssueSource;
import dev.herald.issue.Markdown;
import dev.herald.issue.MarkdownTree;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The headings, links and pictures of an issue's file in its order, those of raw HTML
 * too, each with its line.
 */
record Outline(List<Heading> headings, List<Link> links, List<Picture> pictures) {

	/** Of each; the longest real issue looked at has some 900 links. */
	private static final int MOST = 20_000;

	/** What scripts for late loading read, of WeChat, Zhihu, WordPress and others. */
	private static final List<String> LAZY = List.of("data-src", "data-original", "data-actualsrc", "data-lazy-src",
			"data-lazy", "data-echo", "data-url", "data-croporisrc", "data-srcset");

	record Heading(int level, String text, int line) {
	}

	/**
	 * @param destination as it is written
	 * @param text what it is put on, the alt text of pictures too; null where that is
	 * unknown
	 * @param words the text where there is no picture in it; null where that is unknown
	 */
	record Link(String destination, @Nullable String text, @Nullable String words, int line) {
	}

	/**
	 * @param waiting the attribute that a script would take the address from; empty where
	 * there is none
	 */
	record Picture(String destination, String waiting, int line) {
	}

	static Outline of(IssueSource source) {
		MarkdownTree tree = Markdown.read(source);
		Visitor visitor = new Visitor(tree);
		tree.root().accept(visitor);
		return new Outline(visitor.headings, visitor.links, visitor.pictures);
	}

	private static final class Visitor extends AbstractVisitor {

		private final MarkdownTree tree;

		private final List<Heading> headings = new ArrayList<>();

		private final List<Link> links = new ArrayList<>();

		private final List<Picture> pictures = new ArrayList<>();

		Visitor(MarkdownTree tree) {
			this.tree = tree;
		}

		@Override
		public void visit(org.commonmark.node.Heading heading) {
			add(this.headings, new Heading(heading.getLevel(), Markdown.plainText(heading), line(heading)));
			visitChildren(heading);
		}

		@Override
		public void visit(org.commonmark.node.Link link) {
			int pictures = this.pictures.size();
			visitChildren(link);
			String text = Markdown.plainText(link);
			add(this.links, new Link(link.getDestination().strip(), text,
					(this.pictures.size() == pictures) ? text : null, line(link)));
		}

		@Override
		public void visit(Image image) {
			add(this.pictures, new Picture(image.getDestination().strip(), "", line(image)));
		}

		@Override
		public void visit(HtmlInline html) {
			String tag = html.getLiteral();
			if (tag.regionMatches(true, 0, "<a", 0, 2) || tag.regionMatches(true, 0, "<img", 0, 4)) {
				raw(tag, html, false);
			}
		}

		@Override
		public void visit(HtmlBlock html) {
			raw(html.getLiteral(), html, true);
		}

		private void raw(String html, Node node, boolean whole) {
			Document part = Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
			for (Element element : part.select("a[href], img, h1, h2, h3, h4, h5, h6")) {
				int at = this.tree.line(node, element.sourceRange().start().lineNumber() - 1);
				switch (element.normalName()) {
					case "img" -> add(this.pictures, new Picture(element.attr("src").strip(), waiting(element), at));
					case "a" -> link(element, whole, at);
					default -> heading(element, at);
				}
			}
		}

		private void link(Element element, boolean whole, int line) {
			String text = whole ? element.text() + String.join("", element.select("img").eachAttr("alt")) : null;
			add(this.links, new Link(element.attr("href").strip(), text,
					(whole && element.selectFirst("img") == null) ? text : null, line));
		}

		/** One without text is none: no mail shows it. */
		private void heading(Element element, int line) {
			if (element.hasText()) {
				add(this.headings, new Heading(element.normalName().charAt(1) - '0', element.text(), line));
			}
		}

		private static String waiting(Element picture) {
			return LAZY.stream().filter((name) -> !picture.attr(name).isBlank()).findFirst().orElse("");
		}

		private static <T> void add(List<T> parts, T part) {
			if (parts.size() < MOST) {
				parts.add(part);
			}
		}

		private int line(Node node) {
			return this.tree.line(node, 0);
		}

	}

}
