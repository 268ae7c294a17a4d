package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
 * and listed at the end of their section, 72 columns. Made for one issue; not
 * thread-safe.
 */
final class TextBody {

	/** Deeply nested text gets no narrower than this. */
	private static final int LEAST_WIDTH = 24;

	private final LinkTargets targets;

	private final Columns columns;

	private final LinkNumbers numbers = new LinkNumbers();

	private final List<String> lines = new ArrayList<>();

	private final List<FootnoteDefinition> footnotes = new ArrayList<>();

	private TextBody(LinkTargets targets, Columns columns) {
		this.targets = targets;
		this.columns = columns;
	}

	static String render(IssueDocument issue, LinkTargets targets, Locale language) {
		TextBody body = new TextBody(targets, new Columns(language));
		body.blocks(issue.root(), "", "", true);
		// A note may hold another: the list grows.
		for (int i = 0; i < body.footnotes.size(); i++) {
			FootnoteDefinition footnote = body.footnotes.get(i);
			body.gap("");
			body.blocks(footnote, "[^" + footnote.getLabel() + "] ", "    ", true);
		}
		body.listLinks();
		return String.join("\n", body.lines).strip();
	}

	/**
	 * @param first stands before the first line, such as a bullet
	 * @param rest stands before the others
	 */
	private void blocks(Node parent, String first, String rest, boolean apart) {
		String prefix = first;
		for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
			int before = this.lines.size();
			block(block, prefix, rest);
			if (this.lines.size() > before) {
				prefix = rest;
				if (apart && block.getNext() != null && !(block instanceof NewsItems.Title)) {
					gap(rest);
				}
			}
		}
	}

	private void gap(String prefix) {
		if (!this.lines.isEmpty() && !this.lines.get(this.lines.size() - 1).isBlank()) {
			this.lines.add(prefix.stripTrailing());
		}
	}

	private void block(Node block, String first, String rest) {
		if (block instanceof Heading heading) {
			heading(heading, first, rest);
		}
		else if (block instanceof ListBlock list) {
			list(list, first, rest);
		}
		else if (block instanceof BlockQuote) {
			blocks(block, first + "> ", rest + "> ", true);
		}
		else if (block instanceof FencedCodeBlock code) {
			code(code.getLiteral(), first, rest);
		}
		else if (block instanceof IndentedCodeBlock code) {
			code(code.getLiteral(), first, rest);
		}
		else if (block instanceof ThematicBreak) {
			add(List.of("* * *"), first, rest);
		}
		else if (block instanceof HtmlBlock html) {
			html(html, first, rest);
		}
		else if (block instanceof TableBlock table) {
			add(new TextTable(this.columns, available(rest)).render(table, this::inlines), first, rest);
		}
		else if (block instanceof FootnoteDefinition footnote) {
			this.footnotes.add(footnote);
		}
		else if (block instanceof Paragraph || block instanceof NewsItems.Title || block instanceof NewsItems.Comment) {
			wrapped(inlines(block), first, rest);
		}
		else if (!(block instanceof LinkReferenceDefinition)) {
			blocks(block, first, rest, true);
		}
	}

	private void html(HtmlBlock html, String first, String rest) {
		String prefix = first;
		for (String line : TextHtml.render(html.getLiteral(), this.targets, this.numbers).lines().toList()) {
			if (line.startsWith(TextHtml.CODE)) {
				add(List.of(line), prefix, rest);
			}
			else {
				wrapped(line, prefix, rest);
			}
			prefix = rest;
		}
	}

	private String inlines(Node parent) {
		return TextInlines.render(parent, this.targets, this.numbers);
	}

	private void heading(Heading heading, String first, String rest) {
		if (rest.isEmpty() && heading.getLevel() == 2) {
			listLinks();
		}
		if (!this.lines.isEmpty()) {
			gap(rest);
		}
		if (!this.lines.isEmpty() && heading.getLevel() == 2) {
			this.lines.add(rest.stripTrailing());
		}
		List<String> text = this.columns.wrap(inlines(heading), available(rest));
		int width = text.stream().mapToInt(this.columns::width).max().orElse(1);
		add(text, first, rest);
		add(List.of(((heading.getLevel() == 2) ? "-" : "~").repeat(Math.max(width, 1))), rest, rest);
	}

	private void list(ListBlock list, String first, String rest) {
		int number = (list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null)
				? ordered.getMarkerStartNumber() : 1;
		String prefix = first;
		for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
			String mark = (list instanceof OrderedList) ? number++ + ". " : "- ";
			int before = this.lines.size();
			blocks(item, prefix + mark, rest + " ".repeat(mark.length()), !list.isTight());
			prefix = (this.lines.size() > before) ? rest : prefix;
			if (item.getNext() != null && (!list.isTight() || NewsItems.isItems(list))) {
				gap(rest);
			}
		}
	}

	private void code(String literal, String first, String rest) {
		List<String> code = new ArrayList<>();
		literal.stripTrailing().lines().forEach((line) -> code.add("    " + line));
		add(code, first, rest);
	}

	private void listLinks() {
		List<String> links = this.numbers.listSection();
		if (!links.isEmpty()) {
			gap("");
			this.lines.addAll(links);
		}
	}

	private int available(String prefix) {
		return Math.max(LEAST_WIDTH, Columns.WIDTH - this.columns.width(prefix));
	}

	private void wrapped(String text, String first, String rest) {
		if (!text.isBlank()) {
			add(this.columns.wrap(text.strip(), available(rest)), first, rest);
		}
	}

	private void add(List<String> text, String first, String rest) {
		String prefix = first;
		for (String line : text) {
			this.lines.add((prefix + line).stripTrailing());
			prefix = rest;
		}
	}

}
