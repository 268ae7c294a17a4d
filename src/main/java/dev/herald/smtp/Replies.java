package dev.herald.smtp;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Reads reply lines. */
final class Replies {

	/** RFC 3463, as RFC 2034 puts it behind the code. */
	private static final Pattern ENHANCED_STATUS = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

	/** Addresses, links, host names, numbers, identifiers of messages and servers. */
	private static final Pattern PARTICULAR = Pattern.compile("\\S*(?:@|://|\\p{L}\\.\\p{L}|\\d)\\S*");

	private static final int MAX_TEXT = 500;

	private Replies() {
	}

	static SmtpReply reply(int code, @Nullable String lines) {
		String text = printable(lines);
		Matcher status = ENHANCED_STATUS.matcher(text);
		return new SmtpReply(code, status.find() ? status.group(1) : "", text);
	}

	/** One line, nothing in it that moves a cursor or breaks a log. */
	static String printable(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
		return (line.length() <= MAX_TEXT) ? line : line.substring(0, MAX_TEXT - 1) + "…";
	}

	/** Lower case, without the particular: spam@example.org is a name, not a reason. */
	static String words(String text) {
		return PARTICULAR.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("").strip().replaceAll("\\s+", " ");
	}

	static String likeness(SmtpReply reply) {
		return (reply.code() + " " + reply.status() + " " + words(reply.text())).replaceAll("\\s+", " ").strip();
	}

	static String rootMessage(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = root.getMessage();
		return (message != null) ? message : root.getClass().getSimpleName();
	}

}
