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

	private static final String FOLD = "\r\n ";

	private MailHeaders() {
	}

	static String oneLine(String text) {
		return CONTROLS.matcher(text).replaceAll(" ").strip();
	}

	static String unstructured(String field, String text) {
		String line = oneLine(text);
		int used = field.length() + 2;
		return EncodedWords.needs(line) ? EncodedWords.of(line, used) : MimeUtility.fold(used, line);
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
		int used = field.length() + 2;
		// 0.1 µs instead of 2 for most people's names.
		int length = used + phrase.length() + 3 + inBrackets.length();
		if (length < FOLDED_FROM && PLAIN.matcher(phrase).matches()) {
			return phrase + " <" + inBrackets + ">";
		}
		if (EncodedWords.needs(phrase)) {
			return encoded(EncodedWords.of(phrase, used), used, "<" + inBrackets + ">");
		}
		try {
			InternetAddress address = new InternetAddress(inBrackets, phrase, StandardCharsets.UTF_8.name());
			return MimeUtility.fold(used, address.toString());
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("Every Java platform has UTF-8", ex);
		}
	}

	private static String encoded(String words, int used, String bracketed) {
		int lastFold = words.lastIndexOf(FOLD);
		int line = (lastFold < 0) ? used + words.length() : words.length() - lastFold - 2;
		return words + ((line + 1 + bracketed.length() > EncodedWords.LONGEST_LINE) ? FOLD : " ") + bracketed;
	}

}
