package dev.herald.newsletter;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * How long after its send began an issue stays out of the archive: whole hours, up to a
 * year.
 */
public record ArchiveDelay(Duration length) {

	private static final Duration LONGEST = Duration.ofDays(366);

	private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5})\\s*([dh]?)");

	public static final ArchiveDelay NONE = new ArchiveDelay(Duration.ZERO);

	public ArchiveDelay {
		if (length.isNegative() || length.compareTo(LONGEST) > 0) {
			throw Problem.usage(Sentence.of("newsletter.archive-delay.limit", LONGEST.toDays()));
		}
		length = Duration.ofHours(length.toHours());
	}

	public static ArchiveDelay ofHours(int hours) {
		return new ArchiveDelay(Duration.ofHours(hours));
	}

	/**
	 * @param written a number of days or hours, such as 7d or 12h; 0 for none
	 * @throws Problem (usage) when it is no such thing
	 */
	public static ArchiveDelay of(String written) {
		Matcher matcher = WRITTEN.matcher(written.strip());
		if (!matcher.matches() || (matcher.group(2).isEmpty() && !matcher.group(1).matches("0+"))) {
			throw Problem.usage(Sentence.of("newsletter.archive-delay", NewsletterSettings.printable(written.strip())));
		}
		int number = Integer.parseInt(matcher.group(1));
		return new ArchiveDelay(matcher.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number));
	}

	public int hours() {
		return Math.toIntExact(this.length.toHours());
	}

	/** As {@link #of} reads it. */
	@Override
	public String toString() {
		int hours = hours();
		return (hours == 0) ? "0" : (hours % 24 == 0) ? hours / 24 + "d" : hours + "h";
	}

}
