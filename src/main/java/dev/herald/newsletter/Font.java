package dev.herald.newsletter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.ibm.icu.util.ULocale;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * The type of a newsletter's mails. A mail loads no fonts: a reader sees the first family
 * that the device has.
 *
 * @param families to try first, at most 8
 * @param serif whether Herald's serif families follow and not its sans-serif ones; what
 * the common systems have for Chinese, Japanese or Korean comes with a newsletter in it
 */
public record Font(List<String> families, boolean serif) {

	public static final Font SANS = new Font(List.of(), false);

	private static final int MAX_FAMILIES = 8;

	/** Of a name as systems have it. No quote, backslash or bracket can leave the CSS. */
	private static final Pattern FAMILY = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._+-]{0,39}");

	private static final List<String> SANS_FAMILIES = List.of("-apple-system", "BlinkMacSystemFont", "'Segoe UI'",
			"Roboto", "Helvetica", "Arial");

	private static final List<String> SERIF_FAMILIES = List.of("'Iowan Old Style'", "Palatino", "'Palatino Linotype'",
			"Georgia");

	/**
	 * By script (ISO 15924), of macOS and iOS, Windows, and Linux. Only where the text is
	 * in it: a Linux that has none of the families above would set English in the first
	 * of these, with apostrophes as wide as an ideograph, and one script's ideographs in
	 * the shapes of another read as misprints.
	 */
	private static final Map<String, List<String>> SANS_BY_SCRIPT = Map.of("Hans",
			List.of("'PingFang SC'", "'Microsoft YaHei'", "'Noto Sans CJK SC'"), "Hant",
			List.of("'PingFang TC'", "'Microsoft JhengHei'", "'Noto Sans CJK TC'"), "Jpan",
			List.of("'Hiragino Sans'", "'Yu Gothic'", "'Noto Sans CJK JP'"), "Kore",
			List.of("'Apple SD Gothic Neo'", "'Malgun Gothic'", "'Noto Sans CJK KR'"));

	private static final Map<String, List<String>> SERIF_BY_SCRIPT = Map.of("Hans",
			List.of("'Songti SC'", "SimSun", "'Noto Serif CJK SC'"), "Hant",
			List.of("'Songti TC'", "PMingLiU", "'Noto Serif CJK TC'"), "Jpan",
			List.of("'Hiragino Mincho ProN'", "'Yu Mincho'", "'Noto Serif CJK JP'"), "Kore",
			List.of("AppleMyungjo", "Batang", "'Noto Serif CJK KR'"));

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

	/**
	 * For the property font-family, with single quotes.
	 * @param language of the text, whose script may want families of its own
	 */
	public String css(Locale language) {
		String script = ULocale.addLikelySubtags(ULocale.forLocale(language)).getScript();
		Map<String, List<String>> byScript = this.serif ? SERIF_BY_SCRIPT : SANS_BY_SCRIPT;
		return Stream
			.of(this.families.stream().map((family) -> "'" + family + "'"),
					(this.serif ? SERIF_FAMILIES : SANS_FAMILIES).stream(),
					byScript.getOrDefault(script, List.of()).stream(), Stream.of(this.serif ? "serif" : "sans-serif"))
			.flatMap((part) -> part)
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
