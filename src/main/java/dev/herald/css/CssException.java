package dev.herald.css;

import java.util.regex.Pattern;

import org.htmlunit.cssparser.parser.CSSParseException;

/** A style sheet or attribute that is no CSS, or CSS that the parser does not know. */
public final class CssException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/** It lists all fifty signs that might have stood there. */
	private static final Pattern EXPECTED = Pattern.compile("(?s),? ?Was expecting.*");

	/** In characters, of what is quoted. */
	private static final int LONGEST = 120;

	private final String line;

	/**
	 * @param number of the line, from 1
	 */
	CssException(String message, int number, String css) {
		super(message);
		this.line = css.lines().skip(Math.max(0, number - 1)).findFirst().orElse("").strip();
	}

	static CssException of(CSSParseException cause, String css) {
		return new CssException(what(cause), cause.getLineNumber(), css);
	}

	private static String what(CSSParseException cause) {
		String said = EXPECTED.matcher(String.valueOf(cause.getMessage())).replaceFirst("").strip();
		return (said.indexOf('(') >= 0 && !said.endsWith(")")) ? said + ")" : said;
	}

	/** The line of the text that was read, or its beginning; empty at the text's end. */
	public String line() {
		return (this.line.length() > LONGEST) ? this.line.substring(0, LONGEST) : this.line;
	}

}
