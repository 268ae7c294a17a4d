package dev.herald.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/**
 * An issue's text as people write plain text mail: sections underlined, links numbered
 * and listed at the end of their section, 72 columns. Paragraphs are {@link FlowedText},
 * what is aligned is not. Made for one issue; not thread-safe.
 */
final class TextBody {

	/** What stands before a line grows no wider, however deep it is nested. */
	private static final int WIDEST_PREFIX = 36;

	/** So many links wait no longer than to the next heading, whatever its level. */
	private static final int FAR = 12;

	private static final int MOST_BLANK_LINES = 2;

	private static final String CODE = "    ";

	/**
	 * Outside of lists only: in a list a quote has to be indented, and that is no quote.
	 */
	private static final Pattern FLOWS = Pattern.compile("(?:>+ )?");

	private final LinkTargets targets;

	private final Columns columns;

	private final LinkNumbers numbers = new LinkNumbers();

	private final List<String> lines = new ArrayList<>();

	private final List<FootnoteDefinition> notes = new ArrayList<>();

	/**
	 * Whether the lines will be stuffed together, or stand in a block of which all are.
	 */
	private boolean aligned;

	private TextBody(LinkTargets targets, Columns columns) {
		this.targets = targets;
		this.columns = columns;
	}

	static String render(IssueDocument issue, LinkTargets targets, Locale language) {
		TextBody body = new TextBody(targets, new Columns(language));
		body.blocks(issue.root(), "", "", true);
		body.listNotes();
		body.listLinks();
		return String.join("\n", body.lines).stripTrailing();
	}

	/**
	 * @param first stands before the first line, such as a bullet
	 * @param rest stands before the others
	 */
	private void blocks(Node parent, String first, String rest, boolean apart) {
		String prefix = first;
		boolean begun = false;
		for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
			int before = this.lines.size();
			if (begun && apart && !(block.getPrevious() instanceof NewsItems.Title)) {
				gap(rest);
			}
			int start = this.lines.size();
			block(block, prefix, rest);
			if (this.lines.size() > start) {
				begun = true;
				prefix = rest;
			}
			else {
				this.lines.subList(before, start).clear();
			}
		}
	}

	private void gap(String prefix) {
		String blank = prefix.stripTrailing();
		String last = this.lines.isEmpty() ? "" : this.lines.get(this.lines.size() - 1);
		if (!last.isBlank() && !last.equals(blank)) {
			addLine(blank);
		}
	}

	private void block(Node block, String first, String rest) {
		if (block instanceof Heading heading) {
			heading(heading, first, rest);
		}
		else if (block instanceof BlockQuote) {
			blocks(block, quoted(first, rest), quoted(rest, rest), true);
		}
		else if (block instanceof ListBlock list) {
			aligned(true, rest, () -> list(list, first, rest));
		}
		else if (block instanceof TextHtml.Definitions) {
			aligned(true, rest, () -> blocks(block, first, rest, false));
		}
		else if (block instanceof TextHtml.Definition) {
			blocks(block, indented(first, rest, CODE), indented(rest, rest, CODE), true);
		}
		else if (block instanceof FencedCodeBlock code) {
			aligned(false, rest, () -> code(code.getLiteral(), first, rest));
		}
		else if (block instanceof IndentedCodeBlock code) {
			aligned(false, rest, () -> code(code.getLiteral(), first, rest));
		}
		else if (block instanceof TableBlock table) {
			aligned(false, rest,
					() -> add(new TextTable(this.columns, available(rest)).render(table, this::inlines), first, rest));
		}
		else if (block instanceof ThematicBreak) {
			add(List.of("* * *"), first, rest);
		}
		else if (block instanceof HtmlBlock html) {
			blocks(TextHtml.tree(html.getLiteral(), this.targets), first, rest, true);
		}
		else if (block instanceof FootnoteDefinition note) {
			this.notes.add(note);
		}
		else if (block instanceof Paragraph || block instanceof NewsItems.Title || block instanceof NewsItems.Comment) {
			paragraph(inlines(block), first, rest);
		}
		else if (!(block instanceof LinkReferenceDefinition)) {
			blocks(block, first, rest, true);
		}
	}

	/**
	 * A block that keeps its lines.
	 * @param always whether it is stuffed even if it need not be: all lists are, so that
	 * all in a mail begin in one column
	 */
	private void aligned(boolean always, String rest, Runnable block) {
		if (this.aligned || !rest.isEmpty()) {
			block.run();
			return;
		}
		int from = this.lines.size();
		this.aligned = true;
		block.run();
		this.aligned = false;
		List<String> added = this.lines.subList(from, this.lines.size());
		if (always || added.stream().anyMatch(FlowedText::needsStuffing)) {
			FlowedText.stuffAll(added);
		}
	}

	private boolean isStuffed(String prefix) {
		return this.aligned || !prefix.isEmpty();
	}

	private String inlines(Node parent) {
		return TextInlines.render(parent, this.targets, this.numbers);
	}

	private void heading(Heading heading, String first, String rest) {
		if (rest.isEmpty() && (heading.getLevel() == 2 || this.numbers.inSection() >= FAR)) {
			listLinks();
		}
		String words = inlines(heading).strip();
		if (words.isEmpty()) {
			return;
		}
		gap(rest);
		if (!this.lines.isEmpty() && heading.getLevel() == 2) {
			addLine(rest.stripTrailing());
		}
		List<String> text = this.columns.wrap(words, available(rest));
		int width = text.stream().mapToInt(this.columns::width).max().orElse(1);
		String rule = (heading.getLevel() == 2) ? "-" : (heading.getLevel() == 3) ? "~" : ".";
		add(text.stream().map((line) -> isStuffed(rest) ? line : FlowedText.stuffed(line)).toList(), first, rest);
		add(List.of(rule.repeat(Math.max(width, 1))), rest, rest);
	}

	/** RFC 3676 section 4.5: the marks of quotes in quotes touch. */
	private static String quoted(String prefix, String rest) {
		String marks = prefix.endsWith("> ") ? prefix.stripTrailing() : prefix;
		return isWide(rest) ? prefix : marks + "> ";
	}

	private static String indented(String prefix, String rest, String more) {
		return isWide(rest) ? prefix : prefix + more;
	}

	private static boolean isWide(String prefix) {
		return prefix.length() > WIDEST_PREFIX;
	}

	private void list(ListBlock list, String first, String rest) {
		OrderedList numbered = (list instanceof OrderedList ordered) ? ordered : null;
		int number = (numbered != null && numbered.getMarkerStartNumber() != null) ? numbered.getMarkerStartNumber()
				: 1;
		int digits = Integer.toString(number + children(list) - 1).length();
		String prefix = first;
		for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
			String mark = (numbered != null) ? mark(number++, digits, numbered) : "- ";
			int before = this.lines.size();
			String start = prefix.equals(rest) ? prefix + mark : indented(prefix, rest, mark);
			blocks(item, start, indented(rest, rest, " ".repeat(mark.length())), !list.isTight());
			prefix = (this.lines.size() > before) ? rest : prefix;
			if (item.getNext() != null && (!list.isTight() || NewsItems.isItems(list))) {
				gap(rest);
			}
		}
	}

	private static int children(Node parent) {
		int count = 0;
		for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
			count++;
		}
		return count;
	}

	private static String mark(int number, int digits, OrderedList list) {
		String sign = ")".equals(list.getMarkerDelimiter()) ? ") " : ". ";
		String text = Integer.toString(number);
		return " ".repeat(Math.max(0, digits - text.length())) + text + sign;
	}

	private void code(String literal, String first, String rest) {
		List<String> code = new ArrayList<>();
		literal.stripTrailing().lines().forEach((line) -> code.add(CODE + TextInlines.codeLine(line)));
		add(code, first, rest);
	}

	/** In the order of their marks; a note may hold another: the list grows. */
	private void listNotes() {
		this.notes.sort(Comparator.comparingInt((note) -> this.numbers.order(note.getLabel())));
		for (int i = 0; i < this.notes.size(); i++) {
			FootnoteDefinition note = this.notes.get(i);
			String mark = this.numbers.note(note.getLabel()) + " ";
			gap("");
			aligned(true, "", () -> blocks(note, mark, " ".repeat(mark.length()), true));
		}
	}

	private void listLinks() {
		List<String> links = this.numbers.listSection();
		if (!links.isEmpty()) {
			gap("");
			this.lines.addAll(links);
		}
	}

	private int available(String prefix) {
		return Columns.WIDTH - this.columns.width(prefix) - (this.aligned ? 1 : 0);
	}

	private void paragraph(String text, String first, String rest) {
		if (text.isBlank()) {
			return;
		}
		boolean flows = !this.aligned && first.equals(rest) && FLOWS.matcher(rest).matches();
		if (!flows) {
			add(this.columns.wrap(text.strip(), available(rest)), first, rest);
			return;
		}
		for (String line : this.columns.flow(text.strip(), available(rest))) {
			addLine(rest.isEmpty() ? FlowedText.stuffed(line) : rest + line);
		}
	}

	private void add(List<String> text, String first, String rest) {
		String prefix = first;
		for (String line : text) {
			addLine((prefix + line).stripTrailing());
			prefix = rest;
		}
	}

	private void addLine(String line) {
		int size = this.lines.size();
		boolean enough = line.isEmpty() && size >= MOST_BLANK_LINES
				&& this.lines.subList(size - MOST_BLANK_LINES, size).stream().allMatch(String::isEmpty);
		if (!enough && (size > 0 || !line.isEmpty())) {
			this.lines.add(line);
		}
	}

}
