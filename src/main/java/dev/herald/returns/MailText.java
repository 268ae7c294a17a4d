package dev.herald.returns;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes of a mail as text that people could read. Bounded, never throws. */
final class MailText {

	/** In bytes before decoding: a report says what it has to say before that. */
	private static final int MAX_BYTES = 64 << 10;

	private static final int MAX_TAG = 2_000;

	private static final Pattern CHARSET = Pattern
		.compile("(?i);\\s{0,20}charset\\s{0,20}=\\s{0,20}[\"']?([\\w.:-]{1,40})");

	private static final Pattern ENCODED_WORD = Pattern
		.compile("=\\?([\\w.:-]{1,40})(?:\\*[\\w-]{1,20})?\\?([bBqQ])\\?([^?\\s]{0,400})\\?=(?:\\s+(?==\\?))?");

	private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-z]{2,5});");

	private static final Map<String, String> ENTITIES = Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "nbsp",
			" ", "apos", "'");

	private MailText() {
	}

	static String of(MailPart part) {
		byte[] bytes = part.content();
		byte[] head = (bytes.length > MAX_BYTES) ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
		Matcher charset = CHARSET.matcher(part.fields().first("content-type"));
		String text = decode(head, charset.find() ? charset.group(1) : "");
		return part.type().equals("text/html") || text.stripLeading().startsWith("<!DOCTYPE") ? withoutTags(text)
				: text.replace('\u00a0', ' ').replace("\r\n", "\n").replace('\r', '\n');
	}

	/** ASCII in name only is common: UTF-8 is tried before it. */
	private static String decode(byte[] bytes, String charset) {
		String name = charset.toLowerCase(Locale.ROOT);
		boolean vague = name.isEmpty() || name.equals("us-ascii") || name.startsWith("unknown");
		return vague ? guess(bytes) : new String(bytes, charset(name));
	}

	private static String guess(byte[] bytes) {
		boolean japanese = new String(bytes, StandardCharsets.ISO_8859_1).contains("\u001b$B");
		return japanese ? new String(bytes, charset("iso-2022-jp")) : HeaderFields.text(bytes);
	}

	private static Charset charset(String name) {
		try {
			return Charset.forName(name);
		}
		catch (IllegalArgumentException ex) {
			return StandardCharsets.UTF_8;
		}
	}

	/** RFC 2047, in a header field. */
	static String header(String value) {
		Matcher matcher = ENCODED_WORD.matcher(value.substring(0, Math.min(value.length(), 1_000)));
		StringBuilder text = new StringBuilder();
		while (matcher.find()) {
			String encoding = matcher.group(2).equalsIgnoreCase("b") ? "base64" : "quoted-printable";
			byte[] bytes = MailReader.decode(matcher.group(3).replace('_', ' '), encoding);
			matcher.appendReplacement(text, Matcher.quoteReplacement(new String(bytes, charset(matcher.group(1)))));
		}
		return matcher.appendTail(text).toString();
	}

	/** Tags that begin a line become one; styles and scripts are left out. */
	private static String withoutTags(String html) {
		StringBuilder text = new StringBuilder(html.length());
		int i = 0;
		int close = 0;
		while (i < html.length()) {
			int tag = html.indexOf('<', i);
			text.append(html, i, (tag < 0) ? html.length() : tag);
			if (tag < 0) {
				break;
			}
			// Looked for once, not from each '<' anew.
			close = (close < tag) ? orEnd(html.indexOf('>', tag), html) : close;
			int end = (close - tag < MAX_TAG && close < html.length()) ? close : -1;
			String name = name(html, tag + 1);
			if (end < 0 || html.substring(tag, Math.min(tag + 80, Math.max(tag, end))).contains("@")) {
				// An address in brackets that nobody escaped.
				text.append('<');
				i = tag + 1;
				continue;
			}
			text.append(isLine(name) ? '\n' : ' ');
			i = (name.equals("style") || name.equals("script")) ? endOf(html, "</" + name, end) : end + 1;
		}
		return entities(text.toString());
	}

	private static int orEnd(int found, String html) {
		return (found < 0) ? html.length() : found;
	}

	private static int endOf(String html, String closing, int from) {
		int start = html.indexOf(closing, from);
		int end = (start < 0) ? -1 : html.indexOf('>', start);
		return (end < 0) ? html.length() : end + 1;
	}

	private static String name(String html, int from) {
		int end = from;
		int last = Math.min(html.length(), from + 12);
		while (end < last && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == '/')) {
			end++;
		}
		return html.substring(from, end).toLowerCase(Locale.ROOT);
	}

	private static boolean isLine(String name) {
		return switch (name.replace("/", "")) {
			case "br", "p", "div", "tr", "li", "ul", "table", "h1", "h2", "h3", "h4", "pre", "hr", "title",
					"blockquote" ->
				true;
			default -> false;
		};
	}

	private static String entities(String text) {
		Matcher matcher = ENTITY.matcher(text);
		return matcher.replaceAll((found) -> Matcher.quoteReplacement(entity(found.group(1))));
	}

	private static String entity(String name) {
		if (name.startsWith("#")) {
			int code = name.startsWith("#x") ? Integer.parseInt(name.substring(2), 16)
					: Integer.parseInt(name.substring(1));
			return Character.toString(code);
		}
		return ENTITIES.getOrDefault(name, " ");
	}

}
