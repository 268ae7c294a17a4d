package dev.herald.returns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Splits a mail into its parts. Tolerant and bounded where a mail library is neither: no
 * final boundary, 8-bit headers, stray bytes in base64 and any line ends are read as far
 * as they go; depth, parts and size are limited. Not thread-safe: one use, one mail.
 */
final class MailReader {

	/** A report comes with its own text first; what is beyond is an attachment. */
	static final int MAX_BYTES = 1 << 20;

	private static final int MAX_DEPTH = 8;

	private static final int MAX_PARTS = 100;

	/** RFC 2046 section 5.1.1: 70 characters; some take more. */
	private static final int MAX_DELIMITER = 200;

	private int parts;

	private MailReader() {
	}

	static MailPart read(byte[] mail) {
		byte[] bytes = (mail.length > MAX_BYTES) ? Arrays.copyOf(mail, MAX_BYTES) : mail;
		// One char a byte, so that positions in the text are positions in the mail.
		String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").replace('\r', '\n');
		return new MailReader().read(stripEnvelope(text), 0);
	}

	/** An mbox line or blank lines before the header. */
	private static String stripEnvelope(String text) {
		String mail = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
		int start = 0;
		while (start < mail.length() && mail.charAt(start) == '\n') {
			start++;
		}
		if (mail.startsWith("From ", start) || mail.startsWith(">From ", start)) {
			start = mail.indexOf('\n', start) + 1;
		}
		return mail.substring(start);
	}

	private MailPart read(String text, int depth) {
		this.parts++;
		int blank = text.startsWith("\n") ? -1 : text.indexOf("\n\n");
		boolean bodyOnly = text.startsWith("\n");
		String header = bodyOnly ? "" : (blank < 0) ? text : text.substring(0, blank + 1);
		String body = bodyOnly ? text.substring(1) : (blank < 0) ? "" : text.substring(blank + 2);
		HeaderFields fields = HeaderFields.parse(HeaderFields.text(header.getBytes(StandardCharsets.ISO_8859_1)));
		Optional<String> boundary = MailPart.boundary(fields);
		if (MailPart.type(fields).startsWith("multipart/") && depth < MAX_DEPTH) {
			List<MailPart> found = boundary.map((name) -> split(body, "--" + name, depth)).orElse(List.of());
			List<MailPart> parts = found.isEmpty() ? split(body, likelyDelimiter(body), depth) : found;
			if (!parts.isEmpty()) {
				return new MailPart(fields, new byte[0], parts);
			}
		}
		String encoding = fields.first("content-transfer-encoding").strip().toLowerCase(Locale.ROOT);
		return new MailPart(fields, decode(body, encoding), List.of());
	}

	/**
	 * Where the header names no delimiter or another one than the body has: the first
	 * line that looks like one and has a field of a part behind it.
	 */
	private static String likelyDelimiter(String body) {
		int next = body.startsWith("--") ? 0 : body.indexOf("\n--") + 1;
		for (int tries = 0; tries < MAX_PARTS && body.startsWith("--", next); tries++) {
			int end = body.indexOf('\n', next);
			if (end < 0) {
				return "";
			}
			String line = body.substring(next, end).stripTrailing();
			if (line.length() > 4 && line.length() < MAX_DELIMITER
					&& body.regionMatches(true, end + 1, "Content-", 0, 8)) {
				return line;
			}
			next = body.indexOf("\n--", end - 1) + 1;
		}
		return "";
	}

	private List<MailPart> split(String body, String delimiter, int depth) {
		List<MailPart> result = new ArrayList<>();
		if (delimiter.isEmpty()) {
			return result;
		}
		int start = -1;
		int line = 0;
		while (line < body.length() && this.parts < MAX_PARTS) {
			int end = body.indexOf('\n', line);
			int next = (end < 0) ? body.length() : end + 1;
			if (body.startsWith(delimiter, line)) {
				String rest = body.substring(line + delimiter.length(), (end < 0) ? next : end).stripTrailing();
				if (rest.isEmpty() || rest.equals("--")) {
					if (start >= 0) {
						result.add(read(body.substring(start, Math.max(start, line - 1)), depth + 1));
					}
					start = rest.isEmpty() ? next : -1;
				}
			}
			line = next;
		}
		// The final boundary is missing: the last part reaches to the end.
		if (start >= 0 && start < body.length() && this.parts < MAX_PARTS) {
			result.add(read(body.substring(start), depth + 1));
		}
		return result;
	}

	static byte[] decode(String body, String encoding) {
		return switch (encoding) {
			case "base64" -> base64(body);
			case "quoted-printable" -> quotedPrintable(body);
			default -> body.getBytes(StandardCharsets.ISO_8859_1);
		};
	}

	/** Up to the padding; a mailing list's footer after it is no part of the content. */
	private static byte[] base64(String body) {
		int padding = body.indexOf('=');
		String digits = ((padding < 0) ? body : body.substring(0, padding)).replaceAll("[^A-Za-z0-9+/]", "");
		int usable = (digits.length() % 4 == 1) ? digits.length() - 1 : digits.length();
		return Base64.getDecoder().decode(digits.substring(0, usable));
	}

	private static byte[] quotedPrintable(String body) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length());
		for (int i = 0; i < body.length(); i++) {
			char c = body.charAt(i);
			if (c != '=') {
				bytes.write(c);
				continue;
			}
			int softBreak = softBreak(body, i + 1);
			if (softBreak >= 0) {
				i = softBreak;
			}
			else if (isHex(body, i + 1) && isHex(body, i + 2)) {
				bytes.write(Integer.parseInt(body.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else {
				bytes.write(c);
			}
		}
		return bytes.toByteArray();
	}

	/** The position of the line end that a soft break hides, or -1. */
	private static int softBreak(String body, int from) {
		int i = from;
		while (i < body.length() && i < from + 80 && (body.charAt(i) == ' ' || body.charAt(i) == '\t')) {
			i++;
		}
		return (i < body.length() && body.charAt(i) == '\n') ? i : -1;
	}

	private static boolean isHex(String body, int i) {
		return i < body.length() && Character.digit(body.charAt(i), 16) >= 0;
	}

}
