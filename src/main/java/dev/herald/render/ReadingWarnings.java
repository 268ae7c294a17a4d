package dev.herald.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.herald.issue.MarkdownTree;
import dev.herald.issue.SourceWarning;
import dev.herald.problem.Sentence;
import org.commonmark.node.Node;

/** Collects what of a tree a mail can't carry. Made for one issue; not thread-safe. */
final class ReadingWarnings {

	/** A text full of scripts needs no ten thousand lines to say so. */
	private static final int MAX_WARNINGS = 500;

	private final MarkdownTree tree;

	private final List<SourceWarning> warnings;

	ReadingWarnings(MarkdownTree tree) {
		this.tree = tree;
		this.warnings = new ArrayList<>(tree.warnings());
	}

	/**
	 * @param offset lines after the node's first
	 */
	void add(SourceWarning.Kind kind, Node node, int offset, Sentence what, Sentence became, Sentence mend) {
		if (this.warnings.size() < MAX_WARNINGS) {
			this.warnings.add(new SourceWarning(kind, this.tree.line(node, offset), what, became, mend));
		}
	}

	/** In the order of the file. */
	List<SourceWarning> list() {
		return this.warnings.stream().sorted(Comparator.comparingInt(SourceWarning::line)).limit(MAX_WARNINGS).toList();
	}

}
