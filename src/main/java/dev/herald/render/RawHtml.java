package dev.herald.render;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jsoup.parser.Tag;

/**
 * Prepares the raw HTML in an issue's tree for both renderings. A line break becomes
 * Markdown's. What is no element of HTML was meant as text, such as the {@code <T>} of a
 * generic type, and is shown. Elements whose content is not text go with their content;
 * one that is never closed must not swallow the rest of the issue. The allow-list is
 * applied later, by {@link HtmlBody}.
 */
final class RawHtml extends AbstractVisitor {

	private final RawTags tags;

	private RawHtml(RawTags tags) {
		this.tags = tags;
	}

	static void prepare(Node document, RawTags tags) {
		document.accept(new RawHtml(tags));
	}

	@Override
	public void visit(HtmlBlock block) {
		block.setLiteral(new BlockCopy(block, this.tags).copy());
	}

	@Override
	public void visit(HtmlInline inline) {
		String tag = inline.getLiteral();
		String name = RawTags.name(tag, 0);
		this.tags.check(tag, inline, 0);
		if (name.equals("br")) {
			lineBreak(inline);
		}
		else if (name.isEmpty()) {
			inline.unlink();
		}
		else if (RawTags.hasNoText(name)) {
			unlinkThrough(inline, closing(inline, name));
		}
		else if (!Tag.isKnownTag(name)) {
			inline.insertAfter(new Text(tag));
			inline.unlink();
		}
	}

	/** Walks by itself: visiting changes what comes next. */
	@Override
	protected void visitChildren(Node parent) {
		Node child = parent.getFirstChild();
		while (child != null) {
			Node before = child.getPrevious();
			child.accept(this);
			if (child.getParent() == parent) {
				child = child.getNext();
			}
			else {
				child = (before != null) ? before.getNext() : parent.getFirstChild();
				child = (child instanceof Text || child instanceof HardLineBreak) ? child.getNext() : child;
			}
		}
	}

	private static void lineBreak(HtmlInline inline) {
		Node next = inline.getNext();
		if (next instanceof SoftLineBreak || next instanceof HardLineBreak) {
			next.unlink();
		}
		inline.insertAfter(new HardLineBreak());
		inline.unlink();
	}

	private static Node closing(HtmlInline inline, String name) {
		if (inline.getLiteral().startsWith("</")) {
			return inline;
		}
		for (Node node = inline.getNext(); node != null; node = node.getNext()) {
			if (node instanceof HtmlInline end && end.getLiteral().startsWith("</")
					&& RawTags.name(end.getLiteral(), 0).equals(name)) {
				return node;
			}
		}
		return inline;
	}

	private static void unlinkThrough(Node first, Node last) {
		Node node = first;
		while (node != last) {
			Node next = node.getNext();
			node.unlink();
			node = next;
		}
		last.unlink();
	}

	/** Goes through a block of raw HTML once. */
	private static final class BlockCopy {

		/**
		 * In characters. A longer tag is text: looking for its end again and again takes
		 * minutes.
		 */
		private static final int MAX_TAG = 8192;

		private final HtmlBlock block;

		private final RawTags tags;

		private final String html;

		private final String lower;

		private final StringBuilder out;

		/** What was looked for to the end of the block in vain. */
		private final Set<String> absent = new HashSet<>();

		/** The line in the block that the last tag begins on, from 0. */
		private int line;

		private int counted;

		BlockCopy(HtmlBlock block, RawTags tags) {
			this.block = block;
			this.tags = tags;
			this.html = block.getLiteral();
			this.lower = this.html.toLowerCase(Locale.ROOT);
			this.out = new StringBuilder(this.html.length());
		}

		String copy() {
			int at = 0;
			while (at < this.html.length()) {
				if (this.html.charAt(at) == '<') {
					at = copyTag(at);
				}
				else {
					int next = this.html.indexOf('<', at);
					int end = (next < 0) ? this.html.length() : next;
					this.out.append(this.html, at, end);
					at = end;
				}
			}
			return this.out.toString();
		}

		private int copyTag(int at) {
			if (this.html.startsWith("<!--", at)) {
				int end = find("-->", at + 4);
				return (end < 0) ? at + 4 : end + 3;
			}
			String name = RawTags.name(this.html, at);
			check(at);
			if (RawTags.hasNoText(name)) {
				int end = this.html.startsWith("</", at) ? -1 : find("</" + name, at);
				return afterTag((end < 0) ? at : end);
			}
			if (!Tag.isKnownTag(name)) {
				this.out.append("&lt;");
				return at + 1;
			}
			int end = afterTag(at);
			this.out.append(this.html, at, end);
			return end;
		}

		private void check(int at) {
			for (; this.counted < at; this.counted++) {
				this.line += (this.html.charAt(this.counted) == '\n') ? 1 : 0;
			}
			int end = afterTag(at);
			if (end > at + 1) {
				this.tags.check(this.html.substring(at, end), this.block, this.line);
			}
		}

		private int find(String text, int from) {
			int found = this.absent.contains(text) ? -1 : this.lower.indexOf(text, from);
			if (found < 0) {
				this.absent.add(text);
			}
			return found;
		}

		private int afterTag(int at) {
			char quote = 0;
			int end = Math.min(this.html.length(), at + MAX_TAG);
			for (int i = at + 1; i < end; i++) {
				char c = this.html.charAt(i);
				if (quote != 0) {
					quote = (c == quote) ? 0 : quote;
				}
				else if (c == '"' || c == '\'') {
					quote = c;
				}
				else if (c == '>') {
					return i + 1;
				}
			}
			// Never closed: the text behind it is worth more than the tag.
			return at + 1;
		}

	}

}
