package dev.herald.issue;

import java.util.List;
import java.util.Set;

import dev.herald.problem.Problem;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The Markdown of issues: CommonMark with GFM's tables, strikethrough, autolinks and task
 * lists, and footnotes. Stateless.
 */
public final class Markdown {

	/** The deepest list of 500 real issues looked at has 7 levels, 23 nodes. */
	public static final int MAX_DEPTH = 100;

	/** Blocks in blocks; deeper ones are read as text. */
	private static final int MAX_OPEN_BLOCKS = 40;

	private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), StrikethroughExtension.create(),
			AutolinkExtension.create(), TaskListItemsExtension.create(), FootnotesExtension.create());

	private static final Parser PARSER = Parser.builder()
		.extensions(EXTENSIONS)
		.maxOpenBlockParsers(MAX_OPEN_BLOCKS)
		.build();

	private Markdown() {
	}

	public static List<Extension> extensions() {
		return EXTENSIONS;
	}

	/**
	 * @return a tree no deeper than {@link #MAX_DEPTH}, so that visitors may recurse
	 * @throws Problem when it would be deeper
	 */
	public static Node parse(String fileName, String markdown) {
		Node document = PARSER.parse(markdown);
		int depth = 0;
		for (Node node = document; node != null;) {
			if (depth > MAX_DEPTH) {
				throw Problem.work("%s: emphasis, links or lists are nested more than %d deep. Write that part flatter."
					.formatted(fileName, MAX_DEPTH));
			}
			if (node.getFirstChild() != null) {
				node = node.getFirstChild();
				depth++;
				continue;
			}
			while (node != document && node.getNext() == null) {
				node = node.getParent();
				depth--;
			}
			node = (node != document) ? node.getNext() : null;
		}
		return document;
	}

	/** The words of a node and all below it, without raw HTML, on one line. */
	public static String plainText(Node node) {
		StringBuilder text = new StringBuilder();
		append(node, text);
		return text.toString().replaceAll("\\s+", " ").strip();
	}

	private static void append(Node node, StringBuilder text) {
		String own = own(node);
		if (own != null) {
			text.append(own);
			return;
		}
		for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
			append(child, text);
		}
	}

	private static @Nullable String own(Node node) {
		if (node instanceof Text part) {
			return part.getLiteral();
		}
		if (node instanceof Code part) {
			return part.getLiteral();
		}
		return Set.of(SoftLineBreak.class, HardLineBreak.class).contains(node.getClass()) ? " " : null;
	}

}
