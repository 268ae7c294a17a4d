package dev.herald.newsletter;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * The look of a newsletter's mails, as a handful of values; all else follows from them.
 * Every value is checked: a Problem (usage) says which one is wrong. Immutable.
 *
 * @param logo stands in place of the newsletter's name; none by default
 * @param width of the column of text in px, 480 to 720, defaults to 600
 * @param contents whether a table of contents stands before the sections of an issue that
 * says nothing of it itself; defaults to false
 */
public record Theme(Palette light, Palette dark, Font font, @Nullable Logo logo, int width, boolean contents) {

	public static final Theme DEFAULT = new Theme(
			new Palette(new Colour(0x0a, 0x58, 0xca), new Colour(0x1f, 0x23, 0x28), Colour.WHITE),
			new Palette(new Colour(0x8c, 0xb4, 0xff), new Colour(0xe4, 0xe6, 0xe9), new Colour(0x16, 0x18, 0x1b)),
			Font.SANS, null, 600, false);

	/** A narrower one wraps a headline of a phone in landscape, with room left. */
	private static final int MIN_WIDTH = 480;

	/** A line of body text has about 90 characters then. */
	private static final int MAX_WIDTH = 720;

	public Theme {
		if (width < MIN_WIDTH || width > MAX_WIDTH) {
			throw Problem.usage(Sentence.of("newsletter.width.limits", MIN_WIDTH, MAX_WIDTH));
		}
	}

	/**
	 * @param written hex such as #0a58ca, with the # or without as a shell likes it
	 * better, rgb(…) or one of HTML's sixteen names
	 * @throws Problem (usage) when it is no colour
	 */
	public static Colour colour(String written) {
		String text = written.strip();
		Colour colour = Colour.parse(text.matches("[0-9A-Fa-f]+") ? "#" + text : text);
		if (colour == null) {
			throw Problem.usage(Sentence.of("newsletter.colour", NewsletterSettings.printable(text)));
		}
		return colour;
	}

	/**
	 * @param written px, with or without the unit
	 * @throws Problem (usage) when it is no whole number
	 */
	public static int width(String written) {
		String digits = written.strip().replaceAll("\\s*px$", "");
		if (!digits.matches("\\d{1,6}")) {
			throw Problem.usage(Sentence.of("newsletter.width", NewsletterSettings.printable(written.strip()),
					MIN_WIDTH, MAX_WIDTH));
		}
		return Integer.parseInt(digits);
	}

}
