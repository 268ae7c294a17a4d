package dev.herald.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableCell.Alignment;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A table in a plain text mail: in aligned columns where it fits, else one line a cell,
 * "Head: cell". A head without words is not shown.
 */
final class TextTable {

	private static final String INDENT = "  ";

	private final Columns columns;

	private final int available;

	private final List<List<String>> rows = new ArrayList<>();

	private final List<@Nullable Alignment> alignments = new ArrayList<>();

	TextTable(Columns columns, int available) {
		this.columns = columns;
		this.available = available;
	}

	List<String> render(TableBlock table, Function<Node, String> inlines) {
		for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
			for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
				List<String> cells = new ArrayList<>();
				for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
					cells.add(inlines.apply(cell).replace('\n', ' ').strip());
					if (this.rows.isEmpty() && cell instanceof TableCell head) {
						this.alignments.add(head.getAlignment());
					}
				}
				this.rows.add(cells);
			}
		}
		int[] widths = widths();
		int total = Arrays.stream(widths).sum() + 2 * (widths.length - 1);
		return (total <= this.available) ? aligned(widths) : records();
	}

	private boolean hasHead() {
		return this.rows.get(0).stream().anyMatch((head) -> !head.isEmpty());
	}

	private int[] widths() {
		int[] widths = new int[this.rows.get(0).size()];
		for (List<String> row : this.rows) {
			for (int i = 0; i < widths.length && i < row.size(); i++) {
				widths[i] = Math.max(widths[i], this.columns.width(row.get(i)));
			}
		}
		return widths;
	}

	private List<String> aligned(int[] widths) {
		List<String> lines = new ArrayList<>();
		for (List<String> row : this.rows.subList(hasHead() ? 0 : 1, this.rows.size())) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < widths.length; i++) {
				String cell = (i < row.size()) ? row.get(i) : "";
				line.append((i > 0) ? "  " : "").append(padded(cell, widths[i], this.alignments.get(i)));
			}
			lines.add(line.toString().stripTrailing());
			if (lines.size() == 1 && hasHead()) {
				lines.add(rule(widths));
			}
		}
		return lines;
	}

	private String padded(String cell, int width, @Nullable Alignment alignment) {
		int space = width - this.columns.width(cell);
		int before = (alignment == Alignment.RIGHT) ? space : (alignment == Alignment.CENTER) ? space / 2 : 0;
		return " ".repeat(before) + cell + " ".repeat(space - before);
	}

	private static String rule(int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int width : widths) {
			line.append(line.isEmpty() ? "" : "  ").append("-".repeat(width));
		}
		return line.toString();
	}

	private List<String> records() {
		List<String> lines = new ArrayList<>();
		for (List<String> row : this.rows.subList(1, this.rows.size())) {
			if (!lines.isEmpty()) {
				lines.add("");
			}
			for (int i = 0; i < row.size(); i++) {
				if (!row.get(i).isEmpty()) {
					addField(this.rows.get(0).get(i), row.get(i), lines);
				}
			}
		}
		return lines;
	}

	private void addField(String head, String cell, List<String> lines) {
		String label = head.isEmpty() ? "" : head.endsWith(":") ? head + " " : head + ": ";
		String indent = "";
		for (String line : this.columns.wrap(label + cell, this.available - INDENT.length())) {
			lines.add(indent + line);
			indent = INDENT;
		}
	}

}
