package dev.herald.render;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.herald.address.Mailbox;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;

/**
 * Header fields from people's words: no line break or control can end a field, what is
 * not ASCII is encoded (RFC 2047), long fields are folded.
 */
final class MailHeaders {

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+");

	/** Needs neither quotes nor encoding. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]++(?:[ -][A-Za-z0-9]++)*+");

	/** RFC 5322 section 2.1.1 wants at most 78; MimeUtility folds what is longer. */
	private static final int FOLDED_FROM = 77;

	private static final Pattern FOLD = Pattern.compile("\\s*\\r?\\n\\s*");

	private MailHeaders() {
	}

	static String oneLine(String text) {
		return CONTROLS.matcher(text).replaceAll(" ").strip();
	}

	static String unstructured(String field, String text) {
		try {
			return folded(field, MimeUtility.encodeText(oneLine(text), StandardCharsets.UTF_8.name(), null));
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("Every Java platform has UTF-8", ex);
		}
	}

	static String mailbox(String field, Mailbox mailbox) {
		return named(field, mailbox.name(), mailbox.address().value());
	}

	/** A phrase and something in angle brackets, as in From and List-Id. */
	static String named(String field, String name, String inBrackets) {
		String phrase = oneLine(name);
		if (phrase.isEmpty()) {
			return "<" + inBrackets + ">";
		}
		// 0.1 µs instead of 2 for most people's names.
		int length = field.length() + 2 + phrase.length() + 3 + inBrackets.length();
		if (length < FOLDED_FROM && PLAIN.matcher(phrase).matches()) {
			return phrase + " <" + inBrackets + ">";
		}
		try {
			InternetAddress address = new InternetAddress(inBrackets, phrase, StandardCharsets.UTF_8.name());
			return folded(field, address.toString());
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("Every Java platform has UTF-8", ex);
		}
	}

	private static String folded(String field, String value) {
		return MimeUtility.fold(field.length() + 2, FOLD.matcher(value).replaceAll(" "));
	}

}
