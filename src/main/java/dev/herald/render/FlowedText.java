package dev.herald.render;

import java.util.List;

/**
 * The lines of a text part with format=flowed and delsp=yes (RFC 3676): a reader's
 * program joins a line that ends with a space with the next, without that space, so that
 * paragraphs fit its window and Chinese gets no spaces at line ends. Others show the
 * lines as they are. Stateless.
 */
final class FlowedText {

	/** Of the media type text/plain. */
	static final String PARAMETERS = "format=flowed; delsp=yes";

	/** Section 4.3: the line above a signature, which no line of text may be. */
	private static final String SIGNATURE = "--";

	private FlowedText() {
	}

	/** A line that goes on in the next; a space at its end is the paragraph's. */
	static String soft(String line) {
		int end = line.length();
		while (end > 0 && line.charAt(end - 1) == ' ') {
			end--;
		}
		String text = line.substring(0, end);
		return text.equals(SIGNATURE) ? text : text + ((end < line.length()) ? "  " : " ");
	}

	/** Section 4.4: what would be taken for a quote, or be changed on the way. */
	static boolean needsStuffing(String line) {
		return line.startsWith(" ") || line.startsWith(">") || line.startsWith("From ");
	}

	/** A line of text that stands for itself. */
	static String stuffed(String line) {
		return needsStuffing(line) ? " " + line : line;
	}

	/**
	 * The lines of a list, a table or code: all begin with the space that a reader's
	 * program takes off or none, since one that knows nothing of it must show them
	 * aligned.
	 */
	static void stuffAll(List<String> block) {
		block.replaceAll((line) -> line.isEmpty() ? line : " " + line);
	}

}
