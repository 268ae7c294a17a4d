package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.herald.issue.Markdown;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Finds the items of a newsletter: list items that begin with a line that is a link,
 * "[Title | Source](url)", and have a comment below. Marks their parts, so that both
 * renderings can set them. A comment that is only a label ("简评：") goes.
 */
final class NewsItems extends AbstractVisitor {

	/** A short word and a colon, nothing behind it. */
	private static final Pattern LABEL = Pattern.compile("\\s*[\\p{L}\\p{N} ]{1,16}[:：]\\s*");

	/** In characters; what is longer is no source, but the title's second half. */
	private static final int MAX_SOURCE = 40;

	/** A tag before the link, as in "[1711.04528] [Title](url)". */
	private static final Pattern TAG = Pattern.compile("\\s*\\[[^\\[\\]]{1,24}\\]\\s*");

	private NewsItems() {
	}

	/** The line with the link. */
	static final class Title extends CustomBlock {

	}

	/** What the editor says about it. */
	static final class Comment extends CustomBlock {

	}

	/** Where the linked text appeared. */
	static final class Source extends CustomNode {

	}

	/** Whether a list is one of items, and not of plain points that have links. */
	static boolean isItems(Node list) {
		boolean comments = false;
		for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
			if (!(item.getFirstChild() instanceof Title title)) {
				return false;
			}
			comments = comments || (title.getNext() != null && !(title.getNext() instanceof ListBlock));
		}
		return comments;
	}

	static void mark(Node document) {
		document.accept(new NewsItems());
	}

	@Override
	public void visit(ListItem item) {
		if (item.getFirstChild() instanceof Paragraph paragraph && !Markdown.plainText(paragraph).isEmpty()) {
			dropEmptyLabels(item, paragraph);
			split(paragraph);
		}
		visitChildren(item);
	}

	private static void dropEmptyLabels(ListItem item, Paragraph paragraph) {
		if (item.getLastChild() instanceof Paragraph last && last != paragraph && isEmptyOrLabel(children(last))) {
			last.unlink();
		}
		while (paragraph.getNext() == null) {
			List<Node> line = lastLine(paragraph);
			Node lineBreak = line.isEmpty() ? paragraph.getLastChild() : line.get(0).getPrevious();
			if (!isBreak(lineBreak) || !isEmptyOrLabel(line)) {
				return;
			}
			line.forEach(Node::unlink);
			lineBreak.unlink();
		}
	}

	private static List<Node> children(Node parent) {
		List<Node> children = new ArrayList<>();
		for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
			children.add(child);
		}
		return children;
	}

	private static List<Node> lastLine(Paragraph paragraph) {
		List<Node> line = new ArrayList<>();
		for (Node node = paragraph.getLastChild(); node != null && !isBreak(node); node = node.getPrevious()) {
			line.add(0, node);
		}
		return line;
	}

	private static boolean isBreak(Node node) {
		return node instanceof HardLineBreak || node instanceof SoftLineBreak;
	}

	/** Set in bold or in a colour, it is a label too. */
	private static boolean isEmptyOrLabel(List<Node> line) {
		StringBuilder text = new StringBuilder();
		for (Node node : line) {
			boolean styled = node instanceof StrongEmphasis || node instanceof Emphasis;
			if (node instanceof HtmlInline || (styled && node.getFirstChild() instanceof Text)) {
				text.append(Markdown.plainText(node));
			}
			else if (node instanceof Text part) {
				text.append(part.getLiteral());
			}
			else {
				return false;
			}
		}
		boolean picture = line.stream()
			.anyMatch((node) -> node instanceof HtmlInline tag && tag.getLiteral().startsWith("<img"));
		return !picture && (text.toString().isBlank() || LABEL.matcher(text).matches());
	}

	private static void split(Paragraph paragraph) {
		Node end = paragraph.getFirstChild();
		while (end != null && !(end instanceof HardLineBreak)) {
			end = end.getNext();
		}
		Link link = leadingLink(paragraph);
		if (link == null || (end == null && !onlyLinks(paragraph))) {
			return;
		}
		markSource(link);
		Title title = new Title();
		move(paragraph.getFirstChild(), end, title);
		if (title.getLastChild() instanceof Text last) {
			last.setLiteral(last.getLiteral().stripTrailing());
		}
		paragraph.insertBefore(title);
		if (end != null) {
			end.unlink();
			Comment comment = new Comment();
			move(paragraph.getFirstChild(), null, comment);
			paragraph.insertBefore(comment);
		}
		paragraph.unlink();
	}

	private static @Nullable Link leadingLink(Paragraph paragraph) {
		StringBuilder before = new StringBuilder();
		for (Node node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Link link) {
				boolean first = before.toString().isBlank() || TAG.matcher(before).matches();
				return first ? link : null;
			}
			if (!(node instanceof Text text)) {
				return null;
			}
			before.append(text.getLiteral());
		}
		return null;
	}

	/** Nothing beside links but brackets, commas and the tag in front. */
	private static boolean onlyLinks(Paragraph paragraph) {
		StringBuilder rest = new StringBuilder();
		for (Node node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Text text) {
				rest.append(text.getLiteral());
			}
			else if (!(node instanceof Link)) {
				return false;
			}
		}
		String text = rest.toString();
		return text.replaceAll("[\\s\\[\\](),·|/]", "").isEmpty() || TAG.matcher(text.replace("[]", "")).matches();
	}

	private static void markSource(Link link) {
		if (!(link.getLastChild() instanceof Text last)) {
			return;
		}
		String text = last.getLiteral();
		int bar = text.lastIndexOf(" | ");
		String source = (bar > 0) ? text.substring(bar + 3).strip() : "";
		if (!source.isEmpty() && source.length() <= MAX_SOURCE && !text.substring(0, bar).isBlank()) {
			last.setLiteral(text.substring(0, bar).stripTrailing());
			Source node = new Source();
			node.appendChild(new Text(source));
			link.insertAfter(node);
		}
	}

	private static void move(@Nullable Node from, @Nullable Node end, Node target) {
		Node node = from;
		while (node != null && node != end) {
			Node next = node.getNext();
			target.appendChild(node);
			node = next;
		}
	}

}
