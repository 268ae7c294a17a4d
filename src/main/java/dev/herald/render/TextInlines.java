package dev.herald.render;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

/**
 * The running text of a paragraph for a plain text mail. A link becomes a number behind
 * its words, or its address where that is what it says.
 */
final class TextInlines extends AbstractVisitor {

	/** Control characters, line and paragraph separators: none has a use in a mail. */
	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

	/** The ending of a word that a link is a part of, as in "[link](…)s". */
	private static final Pattern ENDING = Pattern.compile("[\\p{L}\\p{N}'’&&[^\\p{IsHan}\\p{IsHiragana}"
			+ "\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}]]{1,12}(?![\\p{L}\\p{N}])");

	private static final Pattern GOES_ON = Pattern.compile("[\\p{L}\\p{N}\\p{Ps}<]");

	private static final String MAILTO = "mailto:";

	private final LinkTargets targets;

	private final LinkNumbers numbers;

	private final StringBuilder out = new StringBuilder();

	private final Deque<OpenLink> openRawLinks = new ArrayDeque<>();

	/** What is owed to the link that was written last: its number, or only a space. */
	private String afterLink = "";

	private boolean linkEnded;

	private record OpenLink(String url, int start) {
	}

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
		inlines.write("");
		return inlines.out.toString();
	}

	/** Without control characters and with single spaces, as HTML has it. */
	static String clean(String text) {
		return CONTROL.matcher(text).replaceAll(" ").replaceAll(" {2,}", " ");
	}

	/** A line of code: its spaces stay, a tab is four. */
	static String codeLine(String line) {
		return CONTROL.matcher(line.replace("\t", "    ")).replaceAll(" ").stripTrailing();
	}

	private void write(String text) {
		if (this.linkEnded) {
			this.linkEnded = false;
			this.out.append(this.afterLink);
			this.out.append(GOES_ON.matcher(text).lookingAt() ? " " : "");
		}
		boolean spaced = this.out.isEmpty() || Character.isWhitespace(this.out.charAt(this.out.length() - 1));
		this.out.append((spaced && text.startsWith(" ")) ? text.substring(1) : text);
	}

	@Override
	public void visit(Text text) {
		String words = clean(text.getLiteral());
		Matcher ending = ENDING.matcher(words);
		boolean behind = text.getPrevious() instanceof Link || text.getPrevious() instanceof HtmlInline;
		if (this.linkEnded && behind && !this.afterLink.isEmpty() && ending.lookingAt()) {
			this.out.append(ending.group());
			words = words.substring(ending.end());
		}
		write(words);
	}

	@Override
	public void visit(Code code) {
		write("`" + CONTROL.matcher(code.getLiteral()).replaceAll(" ") + "`");
	}

	@Override
	public void visit(Emphasis emphasis) {
		between(TextEmphasis.isMarked(emphasis) ? "_" : "", emphasis);
	}

	@Override
	public void visit(StrongEmphasis emphasis) {
		between(TextEmphasis.isMarked(emphasis) ? "*" : "", emphasis);
	}

	private void between(String sign, Node node) {
		write(sign);
		visitChildren(node);
		write(sign);
	}

	@Override
	public void visit(SoftLineBreak lineBreak) {
		write(" ");
	}

	@Override
	public void visit(HardLineBreak lineBreak) {
		write("\n");
	}

	@Override
	public void visit(Image image) {
		picture(Markdown.plainText(image));
	}

	private void picture(String alt) {
		write(alt.isBlank() ? "" : "[" + clean(alt.strip()) + "]");
	}

	@Override
	public void visit(Link link) {
		int start = begin();
		visitChildren(link);
		end(new OpenLink(link.getDestination(), start));
	}

	/** Where a link begins, apart from one just before it. */
	private int begin() {
		String space = this.linkEnded ? " " : "";
		write("");
		write(space);
		return this.out.length();
	}

	private void end(OpenLink link) {
		write("");
		String url = link.url();
		// Tags of raw HTML may cross: what a link began with can be replaced by now.
		int start = Math.min(link.start(), this.out.length());
		String words = this.out.substring(start).strip();
		this.out.setLength(start + this.out.substring(start).stripTrailing().length());
		this.linkEnded = true;
		this.afterLink = "";
		if (words.isEmpty() || isAddress(words, url)) {
			this.out.setLength(this.out.length() - words.length());
			this.out.append(written(words, url));
		}
		else if (url.startsWith(MAILTO) && url.matches("[^?]+@[^?]+")) {
			this.afterLink = " <" + url.substring(MAILTO.length()) + ">";
		}
		else if (!url.startsWith(MAILTO) || url.contains("@")) {
			this.afterLink = " " + this.numbers.mark(url);
		}
	}

	/** What a program that shows plain text makes a link of, and a reader can read. */
	private static String written(String words, String url) {
		boolean readable = words.startsWith("www.") || (url.startsWith(MAILTO) && !words.isEmpty());
		return readable ? words : url.startsWith(MAILTO) ? url.substring(MAILTO.length()) : url;
	}

	private static boolean isAddress(String words, String url) {
		return bare(words).equals(bare(url)) || bare(words).equals(bare(decoded(url)));
	}

	private static String bare(String address) {
		return address.replaceFirst("^(?:https?://|mailto:)", "").replaceFirst("/$", "");
	}

	private static String decoded(String url) {
		try {
			return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return url;
		}
	}

	@Override
	public void visit(HtmlInline html) {
		String tag = html.getLiteral();
		if (tag.regionMatches(true, 0, "</a", 0, 3)) {
			OpenLink link = this.openRawLinks.poll();
			if (link != null && !link.url().isEmpty()) {
				end(link);
			}
			return;
		}
		Element element = Jsoup.parseBodyFragment(tag).body().firstElementChild();
		if (element != null && element.nameIs("a")) {
			this.openRawLinks.push(new OpenLink(this.targets.link(element.attr("href")).orElse(""), begin()));
		}
		else if (element != null && element.nameIs("img")) {
			picture(element.attr("alt"));
		}
		else if (element != null && element.nameIs("sup") && html.getNext() instanceof Text raised
				&& raised.getLiteral().matches("[-+]?\\d+|[a-z]")) {
			// 10 to the 6th is not 106.
			write("^");
		}
	}

	@Override
	public void visit(CustomNode node) {
		if (node instanceof FootnoteReference reference) {
			write(this.numbers.note(reference.getLabel()));
		}
		else if (node instanceof NewsItems.Source) {
			write(" · ");
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
