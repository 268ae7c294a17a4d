package dev.herald.issue;

import dev.herald.problem.Sentence;

/**
 * Something in an issue that a mail can't carry as it was written.
 *
 * @param line of the file, from 1; its front matter counts
 * @param what was found, with the words it has there, without a full stop
 * @param became what the mail has in its place
 * @param mend what an editor can write instead
 */
public record SourceWarning(Kind kind, int line, Sentence what, Sentence became, Sentence mend) {

	public enum Kind {

		/** A tag of Liquid that only a site can fill in. */
		LIQUID,
		/** A reference that no line gives an address. */
		REFERENCE,
		/** An element or an attribute that mail readers don't show. */
		HTML,
		/** Of a link or a picture, that works in no mail. */
		ADDRESS

	}

	/** In characters; the rest of a long tag tells an editor nothing new. */
	private static final int MAX_QUOTED = 80;

	/** A part of the source on one line, as it may stand in a warning. */
	public static String quoted(String source) {
		String line = source.replaceAll("[\\p{Cc}\\s]+", " ").strip();
		return (line.codePointCount(0, line.length()) <= MAX_QUOTED) ? line
				: line.substring(0, line.offsetByCodePoints(0, MAX_QUOTED)) + "…";
	}

}
