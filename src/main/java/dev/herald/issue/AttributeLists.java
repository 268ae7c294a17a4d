package dev.herald.issue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Takes kramdown's attribute lists, {: .class #id key="v"}, out of a tree: on a line of
 * their own beside a block, right behind an emphasis, a link or a picture, at the end of
 * a heading. What a mail can carry of them is kept by node. Made for one tree.
 */
final class AttributeLists extends AbstractVisitor {

	private static final Pattern LIST = Pattern.compile("\\{:((?:[^{}\\n]|\\\\\\}){0,500}+)\\}");

	private static final Pattern HEADING_ID = Pattern.compile("\\s*\\{#[\\w:.-]+\\}\\s*$");

	private static final Pattern PAIR = Pattern.compile("([\\w-]+)=(?:\"([^\"]*)\"|'([^']*)')");

	private static final Pattern ALIGNMENT = Pattern.compile("(?:^|\\s|\\.)\\.?(?:text-|align-)?(center|right)\\b");

	/** The look and the names of places are the template's. */
	private static final Set<String> KEPT = Set.of("lang", "dir", "title", "width", "height", "align");

	private final Map<Node, Map<String, String>> attributes = new HashMap<>();

	private AttributeLists() {
	}

	static Map<Node, Map<String, String>> take(Node root) {
		AttributeLists lists = new AttributeLists();
		root.accept(lists);
		return lists.attributes;
	}

	/** A copy, because what is visited may leave the tree. */
	@Override
	protected void visitChildren(Node parent) {
		List<Node> children = new ArrayList<>();
		for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
			children.add(child);
		}
		children.stream().filter((child) -> child.getParent() == parent).forEach((child) -> child.accept(this));
	}

	@Override
	public void visit(Paragraph paragraph) {
		if (standsAlone(paragraph)) {
			Node previous = paragraph.getPrevious();
			Node target = (previous != null) ? previous : paragraph.getNext();
			lists(paragraph).forEach((list) -> apply(list, target));
			removeBlock(paragraph);
			return;
		}
		for (boolean last : new boolean[] { true, false }) {
			for (String list = takeLine(paragraph, last); list != null; list = takeLine(paragraph, last)) {
				apply(list, paragraph);
			}
		}
		visitChildren(paragraph);
	}

	private static boolean standsAlone(Paragraph paragraph) {
		for (Node node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
			if (!(isBreak(node) || (node instanceof Text text && list(text) != null))) {
				return false;
			}
		}
		return paragraph.getFirstChild() != null;
	}

	/** Two spaces at a line's end are seen by nobody. */
	private static boolean isBreak(@Nullable Node node) {
		return node instanceof SoftLineBreak || node instanceof HardLineBreak;
	}

	private static List<String> lists(Paragraph paragraph) {
		List<String> lists = new ArrayList<>();
		for (Node node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Text text) {
				String list = list(text);
				lists.add((list != null) ? list : "");
			}
		}
		return lists;
	}

	private static @Nullable String list(Text text) {
		Matcher list = LIST.matcher(text.getLiteral().strip());
		return list.matches() ? list.group(1) : null;
	}

	/** The list that fills the last line of a paragraph, or the first. */
	private static @Nullable String takeLine(Paragraph paragraph, boolean last) {
		Node line = last ? paragraph.getLastChild() : paragraph.getFirstChild();
		Node beside = (line == null) ? null : last ? line.getPrevious() : line.getNext();
		String list = (line instanceof Text text && isBreak(beside)) ? list(text) : null;
		if (line != null && beside != null && list != null) {
			line.unlink();
			beside.unlink();
		}
		return list;
	}

	private static void removeBlock(Node block) {
		Node parent = block.getParent();
		block.unlink();
		if (parent != null && parent.getFirstChild() == null && parent.getParent() != null) {
			removeBlock(parent);
		}
	}

	@Override
	public void visit(Heading heading) {
		if (heading.getLastChild() instanceof Text text) {
			text.setLiteral(HEADING_ID.matcher(text.getLiteral()).replaceFirst(""));
			Matcher list = Pattern.compile("\\s+" + LIST.pattern() + "\\s*$").matcher(text.getLiteral());
			if (list.find()) {
				apply(list.group(1), heading);
				text.setLiteral(text.getLiteral().substring(0, list.start()));
			}
		}
		visitChildren(heading);
	}

	/** Right below a table the line is read as one of its rows. */
	@Override
	public void visit(CustomNode node) {
		if (node instanceof TableRow row && row.getFirstChild() != null
				&& row.getFirstChild().getFirstChild() instanceof Text text && text.getNext() == null
				&& row.getFirstChild().getNext() != null == isEmptyBehind(row.getFirstChild())) {
			String list = list(text);
			if (list != null) {
				removeBlock(row);
				return;
			}
		}
		visitChildren(node);
	}

	private static boolean isEmptyBehind(Node cell) {
		for (Node next = cell.getNext(); next != null; next = next.getNext()) {
			if (next.getFirstChild() != null) {
				return false;
			}
		}
		return cell.getNext() != null;
	}

	/** Right behind something that is no text, the list is about that. */
	@Override
	public void visit(Text text) {
		Node previous = text.getPrevious();
		boolean atItem = previous == null && text.getParent() instanceof Paragraph paragraph
				&& paragraph.getPrevious() == null && paragraph.getParent().getParent() instanceof ListBlock;
		Matcher list = LIST.matcher(text.getLiteral());
		if (list.lookingAt() && (atItem || (previous != null && !isBreak(previous)))) {
			apply(list.group(1), atItem ? text.getParent() : previous);
			String rest = text.getLiteral().substring(list.end());
			text.setLiteral(atItem ? rest.stripLeading() : rest);
		}
	}

	private void apply(String list, @Nullable Node target) {
		Map<String, String> kept = new HashMap<>();
		Matcher pair = PAIR.matcher(list);
		while (pair.find()) {
			String name = pair.group(1).toLowerCase(Locale.ROOT);
			if (KEPT.contains(name)) {
				kept.put(name, (pair.group(2) != null) ? pair.group(2) : pair.group(3));
			}
		}
		Matcher alignment = ALIGNMENT.matcher(PAIR.matcher(list).replaceAll(""));
		if (alignment.find()) {
			kept.put("align", alignment.group(1));
		}
		if (target != null && list.strip().equals("toc")) {
			removeContents(target);
		}
		else if (target != null && !kept.isEmpty()) {
			this.attributes.computeIfAbsent(target, (node) -> new HashMap<>()).putAll(kept);
		}
	}

	/** A list that a site fills with its headings; the template has its own. */
	private static void removeContents(Node target) {
		Node list = target;
		while (list != null && !(list instanceof ListBlock)) {
			list = list.getParent();
		}
		if (list != null) {
			list.unlink();
		}
	}

}
