package dev.herald.subscriber;

import java.nio.charset.Charset;

/**
 * How a list of subscribers is written down.
 *
 * @param separator of columns; without meaning in JSON Lines
 * @param quote around values; without meaning in JSON Lines
 */
public record Dialect(Kind kind, Charset charset, char separator, char quote) {

	/** What a file of subscribers may be. */
	public enum Kind {

		CSV,

		/** One JSON object a line. */
		JSON_LINES

	}

	/** For people: a tab is not seen. */
	public String separatorInWords() {
		return (this.separator == '\t') ? "tab" : String.valueOf(this.separator);
	}

}
