package dev.herald.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Takes off a page what no reader sees: comments, white space between blocks, and of the
 * classes that are on every item those that no rule names. Gmail cuts mails off by their
 * octets. Stateless.
 */
final class PageMinimiser {

	private static final Set<String> BLOCKS = Set.of("html", "head", "body", "title", "meta", "style", "link",
			"address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd", "details", "div",
			"dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
			"main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
			"ul");

	private static final Pattern INLINE = Pattern.compile("(?:^|;)display:[^;]*inline");

	private static final Pattern KEEPS_SPACE = Pattern.compile("(?:^|;)white-space:[^;]*(?:pre|break-spaces)");

	private static final Pattern CLASS = Pattern.compile("\\.(-?[A-Za-z_][\\w-]*)");

	private PageMinimiser() {
	}

	static void minimise(Document page) {
		List<Node> comments = new ArrayList<>();
		page.traverse((node, depth) -> {
			if (node instanceof Comment comment && !isCondition(comment.getData())) {
				comments.add(node);
			}
		});
		comments.forEach(Node::remove);
		Spaces spaces = new Spaces();
		page.traverse(spaces);
		// Not removed: of 100,000 siblings each would move all behind it.
		spaces.found.forEach((space) -> space.text(""));
		dropClasses(page);
	}

	/** Outlook reads what is in a comment with a condition. */
	static boolean isCondition(String comment) {
		return comment.stripLeading().startsWith("[") || comment.stripLeading().startsWith("<!");
	}

	private static void dropClasses(Document page) {
		StringBuilder rules = new StringBuilder();
		page.traverse((node, depth) -> {
			if (node instanceof Comment || node instanceof DataNode) {
				rules.append(node.outerHtml());
			}
		});
		Set<String> idle = new HashSet<>(HtmlBody.OWN_CLASSES);
		CLASS.matcher(rules).results().forEach((match) -> idle.remove(match.group(1)));
		if (idle.isEmpty() || rules.indexOf("[class") >= 0) {
			return;
		}
		for (Element element : page.select("[class]")) {
			Set<String> names = element.classNames();
			if (names.removeAll(idle)) {
				element.classNames(names);
			}
			if (names.isEmpty()) {
				element.removeAttr("class");
			}
		}
	}

	/** Finds texts that are white space between blocks, but the only child of one. */
	private static final class Spaces implements NodeVisitor {

		private final List<TextNode> found = new ArrayList<>();

		/** How many of the elements around keep their white space. */
		private int kept;

		@Override
		public void head(Node node, int depth) {
			if (node instanceof Element element) {
				this.kept += keepsSpace(element) ? 1 : 0;
			}
			else if (this.kept == 0 && node instanceof TextNode text && isHtmlSpace(text.getWholeText())
					&& (text.previousSibling() != null || text.nextSibling() != null) && isBlock(text.parent())
					&& isEdge(text, Node::previousSibling) && isEdge(text, Node::nextSibling)) {
				this.found.add(text);
			}
		}

		@Override
		public void tail(Node node, int depth) {
			if (node instanceof Element element) {
				this.kept -= keepsSpace(element) ? 1 : 0;
			}
		}

		private static boolean keepsSpace(Element element) {
			return element.nameIs("pre") || element.nameIs("textarea") || element.nameIs("listing")
					|| styled(element, "white-space", KEEPS_SPACE);
		}

		/** A space that does not break is text. */
		private static boolean isHtmlSpace(String text) {
			return text.chars().allMatch((c) -> c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f');
		}

		/** Whether a block, or nothing, comes next. */
		private static boolean isEdge(Node text, UnaryOperator<@Nullable Node> next) {
			Node node = next.apply(text);
			while (node instanceof Comment || (node instanceof TextNode more && isHtmlSpace(more.getWholeText()))) {
				node = next.apply(node);
			}
			return node == null || isBlock(node);
		}

		private static boolean isBlock(@Nullable Node node) {
			return node instanceof Document || node instanceof DocumentType || (node instanceof Element element
					&& BLOCKS.contains(element.normalName()) && !styled(element, "display", INLINE));
		}

		/**
		 * Most elements have no such property, and a search by a pattern takes its time.
		 */
		private static boolean styled(Element element, String property, Pattern value) {
			String style = element.attr("style");
			return style.contains(property) && value.matcher(style).find();
		}

	}

}
