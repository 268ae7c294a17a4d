package dev.herald.issue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.herald.issue.UndefinedReferences.Undefined;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
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

	/**
	 * For every &lt; without an end the parser looks through the rest of its paragraph:
	 * 100,000 of them in a row took 6 s. Such steps in the whole text, 2 s of work.
	 */
	private static final long MAX_STEPS = 3_000_000_000L;

	/**
	 * One for a backtick takes as long: 1,500 runs, each of another length, took 20 s.
	 */
	private static final int BACKTICK_STEPS = 30;

	private static final Pattern BACKTICKS = Pattern.compile("`+");

	/** But for NUL, which the parser replaces, and for what is white space. */
	private static final Pattern CONTROLS = Pattern.compile("[\\x01-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F]");

	private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), StrikethroughExtension.create(),
			AutolinkExtension.create(), TaskListItemsExtension.create(), FootnotesExtension.create());

	private static final Parser PARSER = Parser.builder()
		.extensions(EXTENSIONS)
		.linkProcessor(new UndefinedReferences())
		.includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
		.maxOpenBlockParsers(MAX_OPEN_BLOCKS)
		.build();

	private Markdown() {
	}

	public static List<Extension> extensions() {
		return EXTENSIONS;
	}

	/**
	 * @return a tree no deeper than {@link #MAX_DEPTH}, so that visitors may recurse; its
	 * nodes have source spans
	 * @throws Problem when it would be deeper, or take minutes to parse
	 */
	public static MarkdownTree read(IssueSource source) {
		return read(source.fileName(), source.markdown(), source.firstLine(), source.metadata());
	}

	/**
	 * @param firstLine the line of the file that the text begins on
	 * @param metadata what Liquid calls page
	 */
	static MarkdownTree read(String fileName, String markdown, int firstLine, Map<String, String> metadata) {
		Node root = parse(fileName, markdown);
		List<SourceWarning> warnings = new ArrayList<>();
		int[] lines = IntStream
			.range(firstLine, firstLine + 1 + (int) markdown.chars().filter((c) -> c == '\n').count())
			.toArray();
		if (Liquid.isIn(markdown)) {
			Liquid.Resolved resolved = new Liquid(fileName, markdown, firstLine, metadata,
					code(root, markdown.length()))
				.resolve();
			root = parse(fileName, resolved.text());
			warnings.addAll(resolved.warnings());
			lines = resolved.lines();
		}
		MarkdownTree tree = new MarkdownTree(root, AttributeLists.take(root), warnings, lines);
		showUndefined(tree);
		return tree;
	}

	/** For each character, whether it is code or a comment. */
	private static boolean[] code(Node root, int length) {
		boolean[] code = new boolean[length];
		root.accept(new AbstractVisitor() {
			@Override
			protected void visitChildren(Node parent) {
				if (isCode(parent)) {
					for (SourceSpan span : parent.getSourceSpans()) {
						Arrays.fill(code, span.getInputIndex(), span.getInputIndex() + span.getLength(), true);
					}
				}
				for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
					visitChildren(child);
				}
			}
		});
		return code;
	}

	private static boolean isCode(Node node) {
		return node instanceof Code || node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock
				|| (node instanceof HtmlBlock block && block.getLiteral().startsWith("<!--"))
				|| (node instanceof HtmlInline inline && inline.getLiteral().startsWith("<!--"));
	}

	private static void showUndefined(MarkdownTree tree) {
		List<Undefined> found = new ArrayList<>();
		tree.root().accept(new AbstractVisitor() {
			@Override
			public void visit(CustomNode node) {
				visitChildren(node);
				if (node instanceof Undefined undefined) {
					found.add(undefined);
				}
			}
		});
		for (Undefined undefined : found) {
			String label = SourceWarning.quoted(undefined.label());
			tree.warnings()
				.add(new SourceWarning(SourceWarning.Kind.REFERENCE, tree.line(undefined, 0),
						Sentence.of("issue.reference", label), Sentence.of("issue.reference.became"),
						Sentence.of("issue.reference.mend", label)));
			while (undefined.getFirstChild() != null) {
				undefined.insertBefore(undefined.getFirstChild());
			}
			undefined.unlink();
		}
	}

	private static Node parse(String fileName, String markdown) {
		checkSteps(fileName, markdown);
		try {
			// One for one: places in the text stay where they are.
			Node document = PARSER.parse(CONTROLS.matcher(markdown).replaceAll(" "));
			if (isDeeper(document)) {
				throw tooDeep(fileName);
			}
			return document;
		}
		catch (StackOverflowError ex) {
			// The parser itself descends into emphasis; some 3,000 levels end its stack.
			throw tooDeep(fileName);
		}
	}

	private static void checkSteps(String fileName, String markdown) {
		long steps = 0;
		for (String paragraph : markdown.split("\n[ \t]*\n", -1)) {
			// A run of backticks ends at the next that is as long.
			long runs = BACKTICKS.matcher(paragraph).results().map(MatchResult::group).distinct().count();
			long opened = paragraph.chars().filter((c) -> c == '<').count();
			steps += paragraph.length() * (opened + BACKTICK_STEPS * runs);
		}
		if (steps > MAX_STEPS) {
			throw Problem.work(Sentence.of("issue.markdown.steps", fileName, markdown.length()));
		}
	}

	private static Problem tooDeep(String fileName) {
		return Problem.work(Sentence.of("issue.markdown.deep", fileName, MAX_DEPTH));
	}

	private static boolean isDeeper(Node document) {
		int depth = 0;
		for (Node node = document; node != null;) {
			if (depth > MAX_DEPTH) {
				return true;
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
		return false;
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
		return (node instanceof SoftLineBreak || node instanceof HardLineBreak) ? " " : null;
	}

}
