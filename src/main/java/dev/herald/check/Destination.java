package dev.herald.check;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of address a link or a picture has. */
enum Destination {

	/** None at all. */
	EMPTY,
	/** http, not https. */
	CLEAR,
	/** Whole, of a scheme that works in a mail. */
	WHOLE,
	/** To a place on the page. */
	ANCHOR,
	/** Needs a base. */
	RELATIVE,
	/** Of a scheme that mail readers drop or forbid. */
	FOREIGN;

	private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);

	private static final Set<String> WORKING = Set.of("https", "mailto", "tel");

	static Destination of(String written) {
		Matcher scheme = SCHEME.matcher(written);
		if (written.isEmpty()) {
			return EMPTY;
		}
		if (written.startsWith("#")) {
			return ANCHOR;
		}
		if (written.startsWith("//")) {
			return WHOLE;
		}
		if (!scheme.matches()) {
			return RELATIVE;
		}
		String name = scheme.group(1).toLowerCase(Locale.ROOT);
		return name.equals("http") ? CLEAR : WORKING.contains(name) ? WHOLE : FOREIGN;
	}

}
