package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;

/**
 * A table in a plain text mail: in aligned columns where it fits, else one line a cell,
 * "Head: cell".
 */
final class TextTable {

	private final Columns columns;

	private final int available;

	TextTable(Columns columns, int available) {
		this.columns = columns;
		this.available = available;
	}

	List<String> render(TableBlock table, Function<Node, String> inlines) {
		List<List<String>> rows = new ArrayList<>();
		List<Boolean> rightAligned = new ArrayList<>();
		for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
			for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
				List<String> cells = new ArrayList<>();
				for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
					cells.add(inlines.apply(cell).replace('\n', ' ').strip());
					if (rows.isEmpty() && cell instanceof TableCell head) {
						rightAligned.add(head.getAlignment() == TableCell.Alignment.RIGHT);
					}
				}
				rows.add(cells);
			}
		}
		int[] widths = widths(rows);
		int total = 2 * (widths.length - 1);
		for (int width : widths) {
			total += width;
		}
		return (total <= this.available) ? aligned(rows, widths, rightAligned) : records(rows);
	}

	private int[] widths(List<List<String>> rows) {
		int[] widths = new int[rows.get(0).size()];
		for (List<String> row : rows) {
			for (int i = 0; i < widths.length && i < row.size(); i++) {
				widths[i] = Math.max(widths[i], this.columns.width(row.get(i)));
			}
		}
		return widths;
	}

	private List<String> aligned(List<List<String>> rows, int[] widths, List<Boolean> rightAligned) {
		List<String> lines = new ArrayList<>();
		for (List<String> row : rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < widths.length; i++) {
				String cell = (i < row.size()) ? row.get(i) : "";
				String padding = " ".repeat(widths[i] - this.columns.width(cell));
				line.append((i > 0) ? "  " : "").append(rightAligned.get(i) ? padding + cell : cell + padding);
			}
			lines.add(line.toString().stripTrailing());
			if (lines.size() == 1) {
				lines.add(rule(widths));
			}
		}
		return lines;
	}

	private static String rule(int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int width : widths) {
			line.append(line.isEmpty() ? "" : "  ").append("-".repeat(width));
		}
		return line.toString();
	}

	private List<String> records(List<List<String>> rows) {
		List<String> lines = new ArrayList<>();
		List<String> head = rows.get(0);
		for (List<String> row : rows.subList(1, rows.size())) {
			if (!lines.isEmpty()) {
				lines.add("");
			}
			for (int i = 0; i < row.size(); i++) {
				if (!row.get(i).isEmpty()) {
					String label = head.get(i).isEmpty() ? "" : head.get(i) + ": ";
					lines.addAll(this.columns.wrap(label + row.get(i), this.available));
				}
			}
		}
		return lines;
	}

}
