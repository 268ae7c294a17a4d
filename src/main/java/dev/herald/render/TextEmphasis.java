package dev.herald.render;

import java.util.regex.Pattern;

import dev.herald.issue.Markdown;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;

/**
 * Where a plain text mail marks emphasis: a few words in a sentence, as people do. Marks
 * a line apart, around what stands out by itself (headings, links, cells of tables), or
 * slanted around Chinese, which has no italics, are noise. Stateless.
 */
final class TextEmphasis {

	/** In columns; the sign that closes should be near the one that opens. */
	private static final int LONGEST = 60;

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

	private TextEmphasis() {
	}

	/**
	 * @param emphasis weak or strong
	 */
	static boolean isMarked(Node emphasis) {
		String words = Markdown.plainText(emphasis);
		int columns = words.codePoints().map((c) -> Columns.isWide(c) ? 2 : 1).sum();
		boolean fewWords = columns <= LONGEST && WORD.matcher(words).find();
		return fewWords && !isWithin(emphasis) && !hasLinkOrBreak(emphasis)
				&& (emphasis instanceof StrongEmphasis || !(isWholeBlock(emphasis) || columns > words.length()));
	}

	private static boolean isWithin(Node emphasis) {
		for (Node node = emphasis.getParent(); node != null; node = node.getParent()) {
			if (node instanceof Heading || node instanceof TableCell || node instanceof Link || node instanceof Emphasis
					|| node instanceof StrongEmphasis || node instanceof NewsItems.Title) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasLinkOrBreak(Node emphasis) {
		boolean[] found = new boolean[1];
		emphasis.accept(new AbstractVisitor() {
			@Override
			public void visit(Link link) {
				found[0] = true;
			}

			@Override
			public void visit(HardLineBreak lineBreak) {
				found[0] = true;
			}
		});
		return found[0];
	}

	private static boolean isWholeBlock(Node emphasis) {
		return emphasis.getParent() instanceof Block && emphasis.getPrevious() == null && emphasis.getNext() == null;
	}

}
