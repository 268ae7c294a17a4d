package dev.herald.issue;

/**
 * Something in an issue that a mail can't carry as it was written.
 *
 * @param line of the file, from 1; its front matter counts
 * @param what was found, with the words it has there
 * @param mend what became of it, and what an editor can write instead
 */
public record SourceWarning(int line, String what, String mend) {

	/** In characters; the rest of a long tag tells an editor nothing new. */
	private static final int MAX_QUOTED = 80;

	/** A part of the source on one line, as it may stand in a warning. */
	public static String quoted(String source) {
		String line = source.replaceAll("[\\p{Cc}\\s]+", " ").strip();
		return (line.codePointCount(0, line.length()) <= MAX_QUOTED) ? line
				: line.substring(0, line.offsetByCodePoints(0, MAX_QUOTED)) + "…";
	}

}
