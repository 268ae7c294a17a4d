package dev.herald.render;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wraps the interpolations of a template in a call, so that what they compute from a
 * recipient can be a slot: <code>${recipient.name?upper_case}</code> becomes
 * <code>${CALL(recipient.name?upper_case)}</code>. Comments, noparse and directives stay
 * as they are. A template that it can't follow stays as it is too, which costs time and
 * changes no mail.
 */
final class Interpolations {

	static final String CALL = "herald_computed_";

	/**
	 * Values that are the same for all recipients, what the shipped templates call each
	 * of a list of such, and what is no value. A wrong entry costs time and changes no
	 * mail.
	 */
	private static final Set<String> SAME = Set.of("lang", "dir", "cjk", "newsletter", "issue", "theme", "wrap",
			"underline", "true", "false", "section", "line");

	private static final Pattern NAME = Pattern.compile("(?<![\\w.?])([A-Za-z_$@][\\w$@]*)");

	private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'",
			Pattern.DOTALL);

	private final String source;

	private final StringBuilder out;

	private int at;

	private Interpolations(String source) {
		this.source = source;
		this.out = new StringBuilder(source.length() + 256);
	}

	static String wrapped(String source) {
		// Another syntax of interpolations or tags is named in the header.
		boolean plain = !source.contains("_syntax");
		Interpolations template = new Interpolations(source);
		return (plain && template.wrapAll()) ? template.out.toString() : source;
	}

	private boolean wrapAll() {
		while (this.at < this.source.length()) {
			int start = this.at;
			if (!step()) {
				return false;
			}
			if (start == this.at) {
				this.at++;
				this.out.append(this.source.charAt(start));
			}
		}
		return true;
	}

	/**
	 * Moves over what begins here, if it is more than text.
	 * @return false where its end is missing
	 */
	private boolean step() {
		if (isHere("<#--")) {
			return copyTo(endOf("-->"));
		}
		if (isHere("<#noparse>")) {
			return copyTo(endOf("</#noparse>"));
		}
		if (isHere("<#") || isHere("<@") || isHere("</#") || isHere("</@")) {
			return copyTo(end(this.at + 2, '>'));
		}
		if (isHere("#{")) {
			return copyTo(end(this.at + 2, '}'));
		}
		return !isHere("${") || interpolation();
	}

	private boolean interpolation() {
		int end = end(this.at + 2, '}');
		if (end < 0) {
			return false;
		}
		String expression = this.source.substring(this.at + 2, end - 1);
		if (!mayDiffer(expression)) {
			return copyTo(end);
		}
		this.out.append("${").append(CALL).append('(').append(expression).append(")}");
		this.at = end;
		return true;
	}

	private static boolean mayDiffer(String expression) {
		if (expression.contains("${")) {
			return true;
		}
		Matcher names = NAME.matcher(STRING.matcher(expression).replaceAll("\"\""));
		while (names.find()) {
			if (!SAME.contains(names.group(1))) {
				return true;
			}
		}
		return false;
	}

	private boolean isHere(String sign) {
		return this.source.startsWith(sign, this.at);
	}

	private boolean copyTo(int end) {
		if (end < 0) {
			return false;
		}
		this.out.append(this.source, this.at, end);
		this.at = end;
		return true;
	}

	private int endOf(String sign) {
		int found = this.source.indexOf(sign, this.at);
		return (found < 0) ? -1 : found + sign.length();
	}

	/** Behind the sign that closes an expression, or -1. */
	private int end(int from, char closing) {
		int depth = 0;
		for (int i = from; i < this.source.length(); i++) {
			char c = this.source.charAt(i);
			if (depth == 0 && c == closing) {
				return i + 1;
			}
			if (c == '"' || c == '\'') {
				i = endOfString(i);
			}
			else if (this.source.startsWith("<#--", i)) {
				i = this.source.indexOf("-->", i) + 2;
			}
			if (i < from) {
				return -1;
			}
			depth += ("([{".indexOf(c) >= 0) ? 1 : (")]}".indexOf(c) >= 0) ? -1 : 0;
		}
		return -1;
	}

	/** Where the quote is that closes a string, or -1. */
	private int endOfString(int start) {
		boolean raw = start > 0 && this.source.charAt(start - 1) == 'r'
				&& (start < 2 || !Character.isJavaIdentifierPart(this.source.charAt(start - 2)));
		for (int i = start + 1; i < this.source.length(); i++) {
			if (this.source.charAt(i) == '\\' && !raw) {
				i++;
			}
			else if (this.source.charAt(i) == this.source.charAt(start)) {
				return i;
			}
		}
		return -1;
	}

}
