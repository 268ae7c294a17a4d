package dev.herald.issue;

import java.util.List;
import java.util.Map;

import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/**
 * The text of an issue as a tree of Markdown, without Liquid and attribute lists. The
 * tree is the caller's to change; not thread-safe.
 *
 * @param attributes what attribute lists say about a node
 * @param warnings of what was dropped so far
 * @param lines of the file, for each line that was parsed
 */
@SuppressWarnings("ArrayRecordComponent")
public record MarkdownTree(Node root, Map<Node, Map<String, String>> attributes, List<SourceWarning> warnings,
		int[] lines) {

	/**
	 * The line of the file a node begins on.
	 * @param offset lines after its first
	 */
	public int line(Node node, int offset) {
		for (Node at = node; at != null; at = at.getParent()) {
			List<SourceSpan> spans = at.getSourceSpans();
			if (!spans.isEmpty()) {
				int index = spans.get(0).getLineIndex() + offset;
				return this.lines[Math.min(index, this.lines.length - 1)];
			}
		}
		return this.lines[0];
	}

}
