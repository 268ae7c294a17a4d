package dev.herald.newsletter;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * A newsletter's logo as it is shown; its alternative text is the newsletter's name.
 *
 * @param url whole, https, at most 500 characters
 * @param width in px, 1 to 720
 * @param height in px, 1 to 400
 */
public record Logo(URI url, int width, int height) {

	private static final int MAX_URL = 500;

	private static final int MAX_WIDTH = 720;

	private static final int MAX_HEIGHT = 400;

	private static final Pattern SIZE = Pattern.compile("(\\d{1,4})\\s*[x×]\\s*(\\d{1,4})(?:\\s*px)?");

	public Logo {
		// A mail reader that gets its pictures through a proxy, such as Gmail, shows no
		// other.
		if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || url.getRawUserInfo() != null
				|| url.toString().length() > MAX_URL) {
			throw noAddress(url.toString());
		}
		if (width < 1 || width > MAX_WIDTH || height < 1 || height > MAX_HEIGHT) {
			throw Problem.usage(Sentence.of("newsletter.logo.large", MAX_WIDTH, MAX_HEIGHT));
		}
	}

	/**
	 * @param size width and height in px, such as 120x40
	 * @throws Problem (usage) saying which of the two is wrong
	 */
	public static Logo of(String url, String size) {
		Matcher sides = SIZE.matcher(size.strip());
		if (!sides.matches()) {
			throw Problem.usage(Sentence.of("newsletter.logo.size"));
		}
		try {
			return new Logo(new URI(url.strip()), Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
		}
		catch (URISyntaxException ex) {
			throw noAddress(url);
		}
	}

	private static Problem noAddress(String url) {
		return Problem.usage(Sentence.of("newsletter.logo.address", NewsletterSettings.printable(url.strip())));
	}

	/** As {@link #of} takes it. */
	public String size() {
		return this.width + "x" + this.height;
	}

}
