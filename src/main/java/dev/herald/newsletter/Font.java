package dev.herald.newsletter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * The type of a newsletter's mails. A mail loads no fonts: a reader sees the first family
 * that the device has.
 *
 * @param families to try first, at most 8
 * @param serif whether Herald's serif families follow and not its sans-serif ones; both
 * end with what the common systems have for Chinese, Japanese and Korean
 */
public record Font(List<String> families, boolean serif) {

	public static final Font SANS = new Font(List.of(), false);

	private static final int MAX_FAMILIES = 8;

	/** Of a name as systems have it. No quote, backslash or bracket can leave the CSS. */
	private static final Pattern FAMILY = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._+-]{0,39}");

	private static final List<String> SANS_FAMILIES = List.of("-apple-system", "BlinkMacSystemFont", "'Segoe UI'",
			"Roboto", "Helvetica", "Arial", "'PingFang SC'", "'Hiragino Sans'", "'Microsoft YaHei'",
			"'Noto Sans CJK SC'", "sans-serif");

	private static final List<String> SERIF_FAMILIES = List.of("'Iowan Old Style'", "Palatino", "'Palatino Linotype'",
			"Georgia", "'Songti SC'", "'Hiragino Mincho ProN'", "SimSun", "'Noto Serif CJK SC'", "serif");

	public Font {
		families = List.copyOf(families);
		if (families.size() > MAX_FAMILIES) {
			throw Problem.usage(Sentence.of("newsletter.font.families", MAX_FAMILIES));
		}
		for (String family : families) {
			if (!FAMILY.matcher(family).matches()) {
				throw Problem.usage(Sentence.of("newsletter.font", NewsletterSettings.printable(family)));
			}
		}
	}

	/**
	 * @param written sans, serif, or names of families with commas between, of which the
	 * last may be one of these two
	 * @throws Problem (usage) when it is none
	 */
	public static Font of(String written) {
		List<String> families = new ArrayList<>();
		for (String name : written.split(",", -1)) {
			families.add(name.strip().replaceAll("^(['\"])(.*)\\1$", "$2").replaceAll("\\s+", " "));
		}
		String last = families.get(families.size() - 1).toLowerCase(Locale.ROOT);
		boolean serif = last.equals("serif");
		if (serif || last.equals("sans") || last.equals("sans-serif")) {
			families.remove(families.size() - 1);
		}
		return new Font(families, serif);
	}

	/** For the property font-family, with single quotes. */
	public String css() {
		Stream<String> chosen = this.families.stream().map((family) -> "'" + family + "'");
		return Stream.concat(chosen, (this.serif ? SERIF_FAMILIES : SANS_FAMILIES).stream())
			.distinct()
			.collect(Collectors.joining(", "));
	}

	/** As {@link #of} takes it, at most 350 characters. */
	@Override
	public String toString() {
		return this.families.stream().map((family) -> family + ", ").collect(Collectors.joining())
				+ (this.serif ? "serif" : "sans");
	}

}
