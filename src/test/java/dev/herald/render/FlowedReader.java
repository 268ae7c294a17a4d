package dev.herald.render;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads a text part as a program that knows format=flowed and delsp=yes does, written
 * from RFC 3676 section 4 and not from Herald's own code.
 */
final class FlowedReader {

	private final List<Paragraph> paragraphs = new ArrayList<>();

	private @Nullable Paragraph open;

	private FlowedReader() {
	}

	/**
	 * A paragraph, or a line that stands for itself.
	 *
	 * @param depth how often it is quoted
	 */
	record Paragraph(int depth, String text) {
	}

	static List<Paragraph> read(String part) {
		FlowedReader reader = new FlowedReader();
		for (String line : part.split("\r?\n", -1)) {
			reader.line(line);
		}
		reader.close();
		return reader.paragraphs;
	}

	/**
	 * Section 4.2: quote marks go first, then the stuffing, then it is seen what flows.
	 */
	private void line(String line) {
		int depth = 0;
		while (depth < line.length() && line.charAt(depth) == '>') {
			depth++;
		}
		String text = line.substring(depth);
		text = text.startsWith(" ") ? text.substring(1) : text;
		boolean signature = text.equals("-- ");
		boolean flowed = text.endsWith(" ") && !signature;
		if (this.open != null && (this.open.depth() != depth || signature)) {
			close();
		}
		String before = (this.open != null) ? this.open.text() : "";
		this.open = new Paragraph(depth, before + (flowed ? text.substring(0, text.length() - 1) : text));
		if (!flowed) {
			close();
		}
	}

	private void close() {
		if (this.open != null) {
			this.paragraphs.add(this.open);
			this.open = null;
		}
	}

}
