package dev.herald.returns;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What enhanced status codes mean (RFC 3463 and the registry of IANA), and where codes
 * stand in a text. Without the first digit: 4.x.x and 5.x.x share subject and detail.
 */
final class StatusCodes {

	/** Detail codes above 999 do not exist; more than one digit of a subject neither. */
	private static final Pattern ENHANCED = Pattern
		.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d|\\.\\w)");

	/** Not a part of a number, an IP address, a date or a size. */
	private static final Pattern REPLY = Pattern.compile("(?<![\\w./,=+-])(?<![\\d\\]]:)([45]\\d\\d)(?![\\w./%]|[:,]\\d|-\\d{2}-)");

	/** Say more than any words do. */
	private static final Map<String, BounceReason> EXACT = Map.ofEntries(Map.entry("1.6", BounceReason.HAS_MOVED),
			Map.entry("1.7", BounceReason.BLOCKED), Map.entry("1.8", BounceReason.BLOCKED),
			Map.entry("2.2", BounceReason.MAILBOX_FULL), Map.entry("2.3", BounceReason.TOO_BIG),
			Map.entry("3.4", BounceReason.TOO_BIG), Map.entry("4.3", BounceReason.SYSTEM), Map.entry("4.6", BounceReason.NETWORK), Map.entry("7.20", BounceReason.AUTHENTICATION),
			Map.entry("7.21", BounceReason.AUTHENTICATION), Map.entry("7.22", BounceReason.AUTHENTICATION),
			Map.entry("7.23", BounceReason.AUTHENTICATION), Map.entry("7.24", BounceReason.AUTHENTICATION),
			Map.entry("7.25", BounceReason.BLOCKED), Map.entry("7.26", BounceReason.AUTHENTICATION),
			Map.entry("7.29", BounceReason.AUTHENTICATION));

	/** Count where the words are silent. */
	private static final Map<String, BounceReason> USUAL = Map.ofEntries(Map.entry("1.0", BounceReason.USER_UNKNOWN),
			Map.entry("1.1", BounceReason.USER_UNKNOWN), Map.entry("1.2", BounceReason.HOST_UNKNOWN),
			Map.entry("1.3", BounceReason.USER_UNKNOWN), Map.entry("1.4", BounceReason.USER_UNKNOWN),
			Map.entry("1.9", BounceReason.CONTENT), Map.entry("1.10", BounceReason.NO_MAIL),
			Map.entry("2.1", BounceReason.MAILBOX_DISABLED), Map.entry("2.4", BounceReason.SYSTEM),
			Map.entry("3.1", BounceReason.SYSTEM), Map.entry("3.2", BounceReason.SYSTEM),
			Map.entry("4.1", BounceReason.EXPIRED), Map.entry("4.2", BounceReason.EXPIRED),
			Map.entry("4.4", BounceReason.HOST_UNKNOWN), Map.entry("4.5", BounceReason.RATE),
			Map.entry("4.7", BounceReason.EXPIRED), Map.entry("5.3", BounceReason.RATE),
			Map.entry("7.13", BounceReason.MAILBOX_DISABLED), Map.entry("7.27", BounceReason.NO_MAIL),
			Map.entry("7.28", BounceReason.RATE));

	private StatusCodes() {
	}

	/** The first enhanced status code in a text, or empty text. */
	static String enhanced(String text) {
		Matcher matcher = ENHANCED.matcher(text);
		return matcher.find() ? matcher.group(1) : "";
	}

	/** The first 4xx or 5xx reply code in a text, or 0. */
	static int reply(String text) {
		int start = replyAt(text);
		return (start < 0) ? 0 : Integer.parseInt(text.substring(start, start + 3));
	}

	/** Where the first reply code stands, or -1. */
	static int replyAt(String text) {
		Matcher matcher = REPLY.matcher(text);
		return matcher.find() ? matcher.start(1) : -1;
	}

	static @Nullable BounceReason exact(String code) {
		return EXACT.get(detail(code));
	}

	static @Nullable BounceReason usual(String code) {
		return USUAL.get(detail(code));
	}

	/** By the subject alone; undefined where that says nothing. */
	static BounceReason bySubject(String code) {
		return switch (code.isEmpty() ? ' ' : code.charAt(2)) {
			case '2' -> BounceReason.FILTERED;
			case '3' -> BounceReason.SYSTEM;
			case '4' -> BounceReason.NETWORK;
			case '6' -> BounceReason.CONTENT;
			case '7' -> BounceReason.POLICY;
			default -> BounceReason.UNDEFINED;
		};
	}

	/** Whether the code says no more than that it failed (RFC 3463 section 3.1). */
	static boolean isVague(String code) {
		return code.isEmpty() || code.endsWith(".0.0");
	}

	private static String detail(String code) {
		return code.isEmpty() ? "" : code.substring(2);
	}

}
