package dev.herald.returns;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
	private static final Pattern REPLY = Pattern
		.compile("(?<![\\w./,=+-])(?<![\\d\\]]:)([45]\\d\\d)(?![\\w./%]|[:,]\\d|-\\d{2}-)");

	/** Say more than any words do. */
	private static final Map<String, BounceReason> EXACT = table("""
			1.6   hasmoved
			1.7   blocked
			1.8   blocked
			2.2   mailboxfull
			2.3   toobig
			3.4   toobig
			4.300 expired
			7.13  mailboxdisabled
			7.16  toobig
			7.17  hasmoved
			7.18  hasmoved
			7.20  authentication
			7.21  authentication
			7.22  authentication
			7.23  authentication
			7.24  authentication
			7.25  blocked
			7.26  authentication
			7.30  authentication
			7.124 blocked
			7.129 blocked
			7.133 blocked
			7.134 blocked
			7.136 blocked
			7.500 rate
			7.501 spam
			7.502 spam
			7.509 authentication
			7.515 authentication
			""");

	/** Count where the words are silent. From 100 on they are of Exchange Online. */
	private static final Map<String, BounceReason> USUAL = table("""
			1.0   userunknown
			1.1   userunknown
			1.2   hostunknown
			1.3   userunknown
			1.4   userunknown
			1.9   content
			1.10  nomail
			1.20  content
			1.90  rate
			1.351 userunknown
			2.1   mailboxdisabled
			2.4   system
			2.121 rate
			2.122 rate
			3.1   system
			3.2   system
			3.3   system
			3.5   system
			4.1   expired
			4.2   expired
			4.3   system
			4.4   hostunknown
			4.5   rate
			4.6   network
			4.7   expired
			4.8   network
			4.14  network
			4.310 hostunknown
			4.312 network
			4.316 expired
			5.1   system
			5.2   system
			5.3   rate
			5.4   system
			6.11  content
			7.3   blocked
			7.12  blocked
			7.27  blocked
			7.28  rate
			7.29  authentication
			7.64  policy
			7.503 blocked
			7.505 blocked
			7.506 blocked
			7.508 blocked
			7.511 blocked
			7.606 blocked
			7.650 rate
			7.651 rate
			7.652 rate
			7.705 rate
			7.708 blocked
			""");

	private static Map<String, BounceReason> table(String rows) {
		return rows.lines()
			.map((row) -> row.split(" +"))
			.collect(Collectors.toUnmodifiableMap((row) -> row[0], (row) -> BounceReason.of(row[1])));
	}

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
