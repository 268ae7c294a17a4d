package dev.herald.returns;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds mail addresses in running text. Goes outwards from each at-sign and never back,
 * so that the time grows with the text.
 */
final class AddressScan {

	/** RFC 5321 section 4.5.3.1: 64 for the local part, 255 for the domain. */
	static final int MAX_LOCAL = 64;

	private static final int MAX_DOMAIN = 255;

	private static final String LOCAL_SIGNS = "!#$%&'*+-/=?^_`{|}~.";

	private AddressScan() {
	}

	static List<Found> in(String text) {
		List<Found> result = new ArrayList<>();
		int done = 0;
		for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
			boolean bracketed = bracketed(text, at, done);
			int start = localStart(text, at, done, bracketed);
			int end = domainEnd(text, at, bracketed);
			if (start < at && end > at + 1 && (bracketed || text.substring(at, end).indexOf('.') > 0)) {
				result.add(new Found(text.substring(start, end), start, end));
				done = end;
			}
		}
		return result;
	}

	/** In angle brackets any character is taken that an address may have (RFC 6531). */
	private static boolean bracketed(String text, int at, int from) {
		int i = at - 1;
		while (i >= from && i >= at - MAX_LOCAL * 4 && isLocal(text.charAt(i), true)) {
			i--;
		}
		return i >= from && text.charAt(i) == '<';
	}

	private static int localStart(String text, int at, int from, boolean bracketed) {
		if (at > from && text.charAt(at - 1) == '"') {
			int quote = text.lastIndexOf('"', at - 2);
			return (quote >= Math.max(from, at - MAX_LOCAL - 2)) ? quote : at;
		}
		int start = at;
		while (start > from && start > at - MAX_LOCAL * 4 && isLocal(text.charAt(start - 1), bracketed)) {
			start--;
		}
		while (start < at && "'`.|".indexOf(text.charAt(start)) >= 0) {
			start++;
		}
		return start;
	}

	private static boolean isLocal(char c, boolean any) {
		return isAsciiLetterOrDigit(c) || LOCAL_SIGNS.indexOf(c) >= 0 || (c > 0x7f && isNameLetter(c, any));
	}

	private static int domainEnd(String text, int at, boolean bracketed) {
		int end = at + 1;
		while (end < text.length() && end < at + MAX_DOMAIN && isDomain(text.charAt(end), bracketed)
				&& !text.startsWith("..", end)) {
			end++;
		}
		while (end > at + 1 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
			end--;
		}
		return end;
	}

	private static boolean isDomain(char c, boolean any) {
		return isAsciiLetterOrDigit(c) || c == '-' || c == '.' || (c > 0x7f && isNameLetter(c, any));
	}

	/** Chinese and Japanese text goes on without a space behind an address. */
	private static boolean isNameLetter(char c, boolean any) {
		return Character.isLetterOrDigit(c) && (any || c < 0x2E80);
	}

	private static boolean isAsciiLetterOrDigit(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

	record Found(String address, int start, int end) {
	}

}
