package dev.herald.render;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.herald.issue.Markdown;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The running text of a paragraph for a plain text mail; links become numbers. */
final class TextInlines extends AbstractVisitor {

	private final LinkTargets targets;

	private final LinkNumbers numbers;

	private final StringBuilder out = new StringBuilder();

	private final Deque<String> openRawLinks = new ArrayDeque<>();

	private TextInlines(LinkTargets targets, LinkNumbers numbers) {
		this.targets = targets;
		this.numbers = numbers;
	}

	/**
	 * @return lines parted by hard breaks, not yet wrapped
	 */
	static String render(Node paragraph, LinkTargets targets, LinkNumbers numbers) {
		TextInlines inlines = new TextInlines(targets, numbers);
		inlines.visitChildren(paragraph);
		return inlines.out.toString();
	}

	@Override
	public void visit(Text text) {
		this.out.append(text.getLiteral());
	}

	@Override
	public void visit(Code code) {
		this.out.append('`').append(code.getLiteral()).append('`');
	}

	@Override
	public void visit(Emphasis emphasis) {
		between("_", emphasis);
	}

	@Override
	public void visit(StrongEmphasis emphasis) {
		between("*", emphasis);
	}

	private void between(String sign, Node node) {
		this.out.append(sign);
		visitChildren(node);
		this.out.append(sign);
	}

	@Override
	public void visit(SoftLineBreak lineBreak) {
		this.out.append(' ');
	}

	@Override
	public void visit(HardLineBreak lineBreak) {
		this.out.append('\n');
	}

	@Override
	public void visit(Image image) {
		String alt = Markdown.plainText(image);
		this.out.append(alt.isEmpty() ? "" : "[" + alt + "]");
	}

	@Override
	public void visit(Link link) {
		String url = link.getDestination();
		String text = Markdown.plainText(link);
		if (url.equals(text) || url.equals("mailto:" + text) || url.equals("http://" + text)) {
			this.out.append(text);
			// Else a mail reader takes the next word for a part of the address.
			this.out.append(goesOn(link.getNext()) ? " " : "");
			return;
		}
		visitChildren(link);
		number(url);
	}

	private static boolean goesOn(@Nullable Node next) {
		return next instanceof Text text && !text.getLiteral().isEmpty()
				&& Character.isLetterOrDigit(text.getLiteral().codePointAt(0));
	}

	private void number(String url) {
		boolean apart = this.out.length() > 0 && !Character.isWhitespace(this.out.charAt(this.out.length() - 1));
		this.out.append(apart ? " " : "")
			.append(url.startsWith("mailto:") ? "<" + url.substring(7) + ">" : this.numbers.mark(url));
	}

	@Override
	public void visit(HtmlInline html) {
		String tag = html.getLiteral();
		if (tag.regionMatches(true, 0, "</a", 0, 3)) {
			String url = this.openRawLinks.isEmpty() ? "" : this.openRawLinks.pop();
			if (!url.isEmpty()) {
				number(url);
			}
			return;
		}
		Element element = Jsoup.parseBodyFragment(tag).body().firstElementChild();
		if (element != null && element.nameIs("a")) {
			this.openRawLinks.push(this.targets.link(element.attr("href")).orElse(""));
		}
		else if (element != null && element.nameIs("img") && !element.attr("alt").isBlank()) {
			this.out.append('[').append(element.attr("alt").strip()).append(']');
		}
	}

	@Override
	public void visit(CustomNode node) {
		if (node instanceof FootnoteReference reference) {
			this.out.append("[^").append(reference.getLabel()).append(']');
		}
		else if (node instanceof NewsItems.Source) {
			this.out.append(" · ");
			visitChildren(node);
		}
		else if (node instanceof Strikethrough) {
			between("~~", node);
		}
		else {
			visitChildren(node);
		}
	}

}
