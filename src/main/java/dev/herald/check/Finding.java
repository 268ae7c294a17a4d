package dev.herald.check;

import java.util.Locale;

import dev.herald.problem.Sentence;

/**
 * One thing that the check of an issue found.
 *
 * @param line of the file, from 1; 0 where it has none
 */
public record Finding(Check check, Severity severity, int line, Sentence what, Sentence why, Sentence mend) {

	/** What was looked at; {@link #key()} is its stable name. */
	public enum Check {

		UNSUBSCRIBE, POSTAL_ADDRESS, SIZE, SUBJECT_SHOUTS, SUBJECT_LENGTH, PREHEADER, LEFTOVER, LIQUID_TAG,
		UNDEFINED_REFERENCE, DROPPED_HTML, EMPTY_LINK, LOST_LINK, HTTP_LINK, DUPLICATE_LINK, ALT, LOST_PICTURE,
		LAZY_PICTURE, PICTURE_HOST, PICTURE_SIZE, HEADING_JUMP, CONTRAST, FILTER_WORDS, DEAD_LINK, MOVED_LINK,
		DEAD_PICTURE, HEAVY_PICTURE, UNVERIFIED, NOT_ASKED;

		/** In lower case with hyphens. */
		public String key() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/** An error keeps the issue from being sent; a warning asks. */
	public enum Severity {

		ERROR, WARNING;

		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	public boolean isError() {
		return this.severity == Severity.ERROR;
	}

	/** On one line, as compilers write it. */
	public Sentence in(String fileName) {
		return Sentence.of("check.in-file", fileName, (this.line > 0) ? this.line + ":" : "",
				Sentence.of(isError() ? "check.error" : "check.warning"), this.what, this.why, this.mend);
	}

}
