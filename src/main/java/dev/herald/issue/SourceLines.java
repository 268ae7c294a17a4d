package dev.herald.issue;

import java.util.Arrays;

/**
 * A text that grows, and for each of its lines the line of the file it came from. Not
 * thread-safe.
 */
final class SourceLines {

	private final StringBuilder text = new StringBuilder();

	private int[] lines = new int[64];

	private int count;

	/**
	 * @param line of the file that the added text begins on
	 * @param step lines of the file a line of it stands for: 0 where it was put in
	 */
	void add(String added, int line, int step) {
		if (this.count == 0) {
			begin(line);
		}
		int at = line;
		for (int i = 0; i < added.length(); i++) {
			if (added.charAt(i) == '\n') {
				at += step;
				begin(at);
			}
		}
		this.text.append(added);
		// The rest of a line after a tag of several lines belongs to the tag's last.
		if (added.isEmpty() || added.charAt(added.length() - 1) != '\n') {
			this.lines[this.count - 1] = Math.max(this.lines[this.count - 1], at);
		}
	}

	private void begin(int line) {
		if (this.count == this.lines.length) {
			this.lines = Arrays.copyOf(this.lines, 2 * this.count);
		}
		this.lines[this.count++] = line;
	}

	int length() {
		return this.text.length();
	}

	String text() {
		return this.text.toString();
	}

	int[] lines() {
		return Arrays.copyOf(this.lines, this.count);
	}

}
