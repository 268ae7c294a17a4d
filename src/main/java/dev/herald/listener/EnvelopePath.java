package dev.herald.listener;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.subethamail.smtp.RejectException;

/**
 * The argument of MAIL and RCPT (RFC 5321 section 4.1.1.2 and 4.1.1.3).
 *
 * @param address without a source route, whose hosts a server ignores (appendix C); empty
 * for the null sender
 * @param parameters in upper case
 */
record EnvelopePath(String address, List<String> parameters) {

	/** A quoted string may hold angle brackets; some clients put a space before it. */
	private static final Pattern FORM = Pattern.compile("(?i)(?:FROM|TO): ?"
			+ "<(?:@[^\\s\"<>:]++:)?((?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"<>])*+)>((?: ++\\S++)*+) *");

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	/**
	 * @param label FROM or TO
	 */
	static EnvelopePath parse(String label, String argument) throws RejectException {
		Matcher form = FORM.matcher(argument);
		if (!argument.regionMatches(true, 0, label, 0, label.length()) || CONTROL.matcher(argument).find()
				|| !form.matches()) {
			throw new RejectException(501, "5.5.4 Expected " + label + ":<address>");
		}
		List<String> parameters = Stream.of(form.group(2).split(" +", -1))
			.filter((word) -> !word.isEmpty())
			.map((word) -> word.toUpperCase(Locale.ROOT))
			.toList();
		return new EnvelopePath(form.group(1), parameters);
	}

}
