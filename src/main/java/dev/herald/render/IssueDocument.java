package dev.herald.render;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.issue.IssueSource;
import dev.herald.issue.Markdown;
import dev.herald.issue.MarkdownTree;
import dev.herald.issue.SourceWarning;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/**
 * An issue's tree, made ready for both renderings: without the heading that is its title,
 * its sections at level two, links whole or gone, items marked.
 *
 * @param attributes of nodes, as attribute lists state them
 * @param preheader one line for the reader's list of mails; may be empty
 * @param warnings what of the source a mail can't carry, in its order
 */
record IssueDocument(Node root, Map<Node, Map<String, String>> attributes, String preheader,
		List<SourceWarning> warnings) {

	/** In characters; the widest list of mails shows about 140. */
	private static final int MAX_PREHEADER = 140;

	private static final int DEEPEST_HEADING = 6;

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	static IssueDocument of(IssueSource source, LinkTargets targets) {
		MarkdownTree tree = Markdown.read(source);
		Node root = tree.root();
		ReadingWarnings warnings = new ReadingWarnings(tree);
		RawTags tags = new RawTags(targets, warnings);
		dropTitle(root, source.title());
		RawHtml.prepare(root, tags);
		root.accept(new Settling(targets, tags, source.metadata().containsKey("layout")));
		levelHeadings(root);
		NewsItems.mark(root);
		return new IssueDocument(root, tree.attributes(), preheader(source, root), warnings.list());
	}

	/** The title stands above the issue; it is not shown a second time. */
	private static void dropTitle(Node root, String title) {
		Node block = root.getFirstChild();
		while (block instanceof ThematicBreak
				|| (block instanceof HtmlBlock html && html.getLiteral().startsWith("<!--"))
				|| (block instanceof Paragraph && Markdown.plainText(block).isEmpty())) {
			block = block.getNext();
		}
		if (block instanceof Heading heading && heading.getLevel() == 1
				&& Markdown.plainText(heading).equals(title.replaceAll("\\s+", " "))) {
			heading.unlink();
		}
	}

	/**
	 * The title is the mail's only heading of level one. The sections follow at two, and
	 * no level is left out below them, whatever the source leaves out.
	 */
	private static void levelHeadings(Node root) {
		Deque<Integer> open = new ArrayDeque<>();
		root.accept(new AbstractVisitor() {
			@Override
			public void visit(Heading heading) {
				while (!open.isEmpty() && open.element() >= heading.getLevel()) {
					open.pop();
				}
				open.push(heading.getLevel());
				heading.setLevel(Math.min(open.size() + 1, DEEPEST_HEADING));
			}
		});
	}

	private static String preheader(IssueSource source, Node root) {
		for (String key : List.of("preheader", "description", "summary", "excerpt", "subtitle")) {
			String stated = MailHeaders.oneLine(source.metadata().getOrDefault(key, ""));
			if (!stated.isEmpty() && !stated.contains("{{") && !stated.contains("{%")) {
				return cut(stated);
			}
		}
		for (Node block = root.getFirstChild(); block != null; block = block.getNext()) {
			String text = (block instanceof ListBlock) ? firstItems(block)
					: (block instanceof Heading || block instanceof HtmlBlock) ? "" : Markdown.plainText(block);
			if (!text.isBlank()) {
				return cut(text);
			}
		}
		return "";
	}

	private static String firstItems(Node list) {
		List<String> titles = new ArrayList<>();
		for (Node item = list.getFirstChild(); item != null && titles.size() < 3; item = item.getNext()) {
			Node first = item.getFirstChild();
			Optional.ofNullable(first)
				.map((node) -> (node.getFirstChild() instanceof Link link) ? Markdown.plainText(link)
						: Markdown.plainText(node))
				.filter((text) -> !text.isEmpty())
				.ifPresent(titles::add);
		}
		return titles.stream().collect(Collectors.joining(" · "));
	}

	private static String cut(String text) {
		if (text.length() <= MAX_PREHEADER) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX_PREHEADER - 1)) ? MAX_PREHEADER - 1 : MAX_PREHEADER;
		return text.substring(0, end).strip() + "…";
	}

	/** Settles links, pictures, task marks and line ends between Chinese characters. */
	private static final class Settling extends AbstractVisitor {

		/**
		 * What kramdown makes a dash of. Two hyphens it makes a shorter one, but editors
		 * write options of commands so, --all, outside of code too.
		 */
		private static final Pattern DASH = Pattern.compile("(?<!-)---(?!-)");

		private final LinkTargets targets;

		private final RawTags tags;

		private final boolean kramdown;

		/**
		 * @param kramdown whether the source was written for it, as those of Jekyll are
		 */
		Settling(LinkTargets targets, RawTags tags, boolean kramdown) {
			this.targets = targets;
			this.tags = tags;
			this.kramdown = kramdown;
		}

		@Override
		public void visit(Link link) {
			visitChildren(link);
			BareAddresses.end(link);
			Optional<String> target = this.targets.link(link.getDestination());
			this.tags.settle(link.getDestination(), target, link, 0);
			target.ifPresentOrElse(link::setDestination, () -> unwrap(link));
		}

		@Override
		public void visit(Image image) {
			visitChildren(image);
			Optional<String> target = this.targets.picture(image.getDestination());
			this.tags.settle(image.getDestination(), target, image, 0);
			target.ifPresentOrElse(image::setDestination, () -> unwrap(image));
		}

		private static void unwrap(Node node) {
			Node child = node.getFirstChild();
			while (child != null) {
				Node next = child.getNext();
				node.insertBefore(child);
				child = next;
			}
			node.unlink();
		}

		@Override
		public void visit(CustomNode node) {
			if (node instanceof TaskListItemMarker marker) {
				Text box = new Text(marker.isChecked() ? "☑ " : "☐ ");
				if (marker.getNext() instanceof Paragraph paragraph) {
					paragraph.prependChild(box);
				}
				else {
					Paragraph paragraph = new Paragraph();
					paragraph.appendChild(box);
					marker.insertAfter(paragraph);
				}
				marker.unlink();
				return;
			}
			visitChildren(node);
		}

		/** As an entity, &amp;#7; or such, the reader leaves a control in the text. */
		@Override
		public void visit(Text text) {
			String words = CONTROLS.matcher(text.getLiteral()).replaceAll(" ");
			boolean address = text.getParent() instanceof Link link && link.getDestination().contains(words);
			text.setLiteral((this.kramdown && !address) ? DASH.matcher(words).replaceAll("—") : words);
		}

		/** Chinese and Japanese are written without spaces; a line end is none. */
		@Override
		public void visit(SoftLineBreak lineBreak) {
			if (lineBreak.getPrevious() instanceof Text before && lineBreak.getNext() instanceof Text after
					&& !before.getLiteral().isEmpty() && !after.getLiteral().isEmpty()) {
				int last = before.getLiteral().codePointBefore(before.getLiteral().length());
				if (Columns.isWide(last) && Columns.isWide(after.getLiteral().codePointAt(0))
						&& !Character.UnicodeScript.of(last).equals(Character.UnicodeScript.HANGUL)) {
					lineBreak.unlink();
				}
			}
		}

	}

}
