package dev.herald.render;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What RFC 5322 says of lines and RFC 2047 of encoded words, written from their text and
 * from nothing of Herald's. Finds all that a message has wrong.
 */
final class MimeRules {

	/** RFC 5322 section 2.1.1, without the CRLF. */
	private static final int LONGEST_LINE = 998;

	private static final int LONGEST_FOLDED_LINE = 78;

	/** RFC 2047 section 2. */
	private static final int LONGEST_ENCODED_WORD = 75;

	private static final int LONGEST_LINE_WITH_ENCODED_WORD = 76;

	/** RFC 2047 section 5: unstructured fields, and fields with a phrase. */
	private static final Set<String> UNSTRUCTURED = Set.of("Subject");

	private static final Set<String> WITH_PHRASE = Set.of("From", "To", "Reply-To", "List-Id");

	private static final Pattern FIELD = Pattern.compile("([!-9;-~]+):((?:[ \\t].*)?)", Pattern.DOTALL);

	/** As a lenient reader sees one, wherever it is. */
	private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?\\s]*)\\?([^?\\s]*)\\?([^?\\s]*)\\?=");

	private static final Pattern Q = Pattern.compile("(?:[!-<>@-^`-~_]|=[0-9A-F]{2})+");

	private static final Pattern Q_IN_PHRASE = Pattern.compile("(?:[A-Za-z0-9!*+/_-]|=[0-9A-F]{2})+");

	private static final Pattern B = Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

	private final List<String> broken = new ArrayList<>();

	private MimeRules() {
	}

	static List<String> broken(byte[] content) {
		MimeRules rules = new MimeRules();
		rules.octets(content);
		String message = new String(content, StandardCharsets.ISO_8859_1);
		int end = message.indexOf("\r\n\r\n");
		if (end < 0) {
			rules.broken.add("no empty line ends the header");
			return rules.broken;
		}
		for (String line : message.split("\r\n", -1)) {
			rules.check(line.length() <= LONGEST_LINE, "more than 998 octets", line);
		}
		for (String field : message.substring(0, end).split("\r\n(?![ \t])", -1)) {
			rules.field(field);
		}
		return rules.broken;
	}

	private void check(boolean kept, String rule, String where) {
		if (!kept) {
			this.broken.add(rule + ": " + where);
		}
	}

	private void octets(byte[] content) {
		for (int i = 0; i < content.length; i++) {
			boolean followed = i + 1 < content.length && content[i + 1] == '\n';
			boolean led = i > 0 && content[i - 1] == '\r';
			if (content[i] <= 0) {
				this.broken.add("an octet that is not of ASCII, or NUL: at " + i);
			}
			else if ((content[i] == '\r' && !followed) || (content[i] == '\n' && !led)) {
				this.broken.add("a CR or LF alone: at " + i);
			}
		}
	}

	private void field(String field) {
		Matcher parts = FIELD.matcher(field);
		if (!parts.matches()) {
			this.broken.add("no header field: " + field);
			return;
		}
		for (String line : field.split("\r\n", -1)) {
			String rest = line.startsWith(parts.group(1) + ":") ? line.substring(parts.group(1).length() + 1) : line;
			check(line.length() <= LONGEST_FOLDED_LINE || !rest.strip().matches(".*[ \\t].*"),
					"a line over 78 octets that could be folded", line);
			check(!line.isBlank(), "a line of white space alone", field);
			check(line.length() <= LONGEST_LINE_WITH_ENCODED_WORD || !ENCODED_WORD.matcher(line).find(),
					"a line over 76 octets with an encoded word", line);
		}
		encodedWords(parts.group(1), parts.group(2).replace("\r\n", ""));
	}

	private void encodedWords(String name, String value) {
		boolean phrase = WITH_PHRASE.contains(name);
		int phraseEnd = phrase ? value.lastIndexOf('<') : value.length();
		Matcher word = ENCODED_WORD.matcher(value);
		for (int from = 0; word.find(from); from = word.end() - 2) {
			String what = name + ": " + word.group();
			check(phrase || UNSTRUCTURED.contains(name), "an encoded word in a field that may have none", what);
			check(word.end() <= phraseEnd, "an encoded word in an address", what);
			check(!isQuoted(value, word.start()), "an encoded word in a quoted string", what);
			check(word.start() == 0 || isSpace(value.charAt(word.start() - 1)), "no space before an encoded word",
					value);
			check(word.end() == value.length() || isSpace(value.charAt(word.end())), "no space behind an encoded word",
					value);
			check(word.group().length() <= LONGEST_ENCODED_WORD, "an encoded word over 75 characters", what);
			check(Charset.isSupported(word.group(1)), "an encoded word of an unknown charset", what);
			boolean b = word.group(2).equalsIgnoreCase("B");
			boolean q = word.group(2).equalsIgnoreCase("Q");
			check(b || q, "an encoded word of an unknown encoding", what);
			check((b ? B : phrase ? Q_IN_PHRASE : Q).matcher(word.group(3)).matches(), "wrongly encoded", what);
			check(decoded(word) != null, "a character split over encoded words", what);
		}
	}

	private static boolean isSpace(char c) {
		return c == ' ' || c == '\t';
	}

	private static boolean isQuoted(String value, int at) {
		boolean quoted = false;
		for (int i = 0; i < at; i++) {
			if (value.charAt(i) == '\\') {
				i++;
			}
			else if (value.charAt(i) == '"') {
				quoted = !quoted;
			}
		}
		return quoted;
	}

	/** Null where its octets are no whole characters. */
	private static @Nullable String decoded(Matcher word) {
		try {
			byte[] octets = word.group(2).equalsIgnoreCase("B") ? Base64.getDecoder().decode(word.group(3))
					: q(word.group(3));
			return Charset.forName(word.group(1)).newDecoder().decode(ByteBuffer.wrap(octets)).toString();
		}
		catch (CharacterCodingException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static byte[] q(String text) {
		ByteArrayOutputStream octets = new ByteArrayOutputStream();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '=') {
				octets.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else {
				octets.write((c == '_') ? ' ' : c);
			}
		}
		return octets.toByteArray();
	}

	/**
	 * An unstructured field as a reader shows it: white space between encoded words is
	 * none (RFC 2047 section 6.2).
	 */
	static String shown(String value) {
		String unfolded = value.replaceAll("\r\n(?=[ \t])", "");
		StringBuilder shown = new StringBuilder();
		Matcher word = ENCODED_WORD.matcher(unfolded);
		int end = 0;
		while (word.find()) {
			String between = unfolded.substring(end, word.start());
			shown.append((end > 0 && between.isBlank()) ? "" : between).append(decoded(word));
			end = word.end();
		}
		return shown.append(unfolded.substring(end)).toString().strip();
	}

}
