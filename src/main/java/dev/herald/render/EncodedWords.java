package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text in header fields that is not ASCII (RFC 2047): words of whole characters that fit
 * their lines. Angus Mail's own run over the end of the first line, and leave alone what
 * only looks like an encoded word: a mail reader would decode it.
 */
final class EncodedWords {

	private static final int LONGEST = 75;

	/** Of a line that has one. */
	static final int LONGEST_LINE = 76;

	private static final String END = "?=";

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private EncodedWords() {
	}

	static boolean needs(String text) {
		return text.contains("=?") || text.chars().anyMatch((c) -> c > 0x7E);
	}

	/**
	 * @param used what stands before it in its line
	 * @return folded, and legal in a phrase too
	 */
	static String of(String text, int used) {
		boolean quoted = quotedLength(text) <= base64Length(text.getBytes(StandardCharsets.UTF_8).length);
		String start = quoted ? "=?UTF-8?Q?" : "=?UTF-8?B?";
		int room = Math.min(LONGEST, LONGEST_LINE - used) - start.length() - END.length();
		StringBuilder words = new StringBuilder();
		for (int from = 0; from < text.length();) {
			int end = fitting(text, from, quoted, room);
			String part = text.substring(from, end);
			words.append(words.isEmpty() ? "" : "\r\n ")
				.append(start)
				.append(quoted ? quoted(part)
						: Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
				.append(END);
			room = LONGEST - start.length() - END.length();
			from = end;
		}
		return words.toString();
	}

	/** The end of the characters that fit, one at least. */
	private static int fitting(String text, int from, boolean quoted, int room) {
		int end = from;
		int octets = 0;
		int length = 0;
		while (end < text.length()) {
			int next = text.offsetByCodePoints(end, 1);
			String character = text.substring(end, next);
			octets += character.getBytes(StandardCharsets.UTF_8).length;
			length = quoted ? length + quotedLength(character) : base64Length(octets);
			if (length > room && end > from) {
				return end;
			}
			end = next;
		}
		return end;
	}

	private static int base64Length(int octets) {
		return (octets + 2) / 3 * 4;
	}

	private static int quotedLength(String text) {
		int length = 0;
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			length += (octet == ' ' || isPlain(octet)) ? 1 : 3;
		}
		return length;
	}

	private static String quoted(String text) {
		StringBuilder out = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			if (octet == ' ') {
				out.append('_');
			}
			else if (isPlain(octet)) {
				out.append((char) octet);
			}
			else {
				out.append('=').append(HEX[(octet >> 4) & 0xF]).append(HEX[octet & 0xF]);
			}
		}
		return out.toString();
	}

	/** Section 5, rule 3: all that is legal in a phrase. */
	private static boolean isPlain(byte octet) {
		return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9')
				|| octet == '!' || octet == '*' || octet == '+' || octet == '-' || octet == '/';
	}

}
