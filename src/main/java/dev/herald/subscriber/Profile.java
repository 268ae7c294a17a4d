package dev.herald.subscriber;

import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber has chosen for all newsletters.
 *
 * @param name may be empty
 * @param language of pages and mails about himself; null: the newsletter's
 * @param zone null where it is not known
 */
public record Profile(int id, EmailAddress address, String name, @Nullable Locale language, @Nullable ZoneId zone) {

	/** The column's width, in characters. */
	public static final int MAX_NAME = 200;

	/** Ends of lines, what no character is, and what turns the text behind it round. */
	private static final Pattern NOT_IN_NAMES = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

	/** Whether a name is on one line and shows as it is written, however long it is. */
	public static boolean isPrintable(String name) {
		return isPlain(name) || !NOT_IN_NAMES.matcher(name).find();
	}

	/** As most are, and found out at a tenth of the cost. */
	private static boolean isPlain(String name) {
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
				return false;
			}
		}
		return true;
	}

}
