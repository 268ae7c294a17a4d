package dev.herald.subscriber;

import java.time.ZoneId;
import java.util.Locale;

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

}
