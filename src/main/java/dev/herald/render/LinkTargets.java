package dev.herald.render;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.picture.PictureSize;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Decides where a link or a picture of an issue leads. Only whole addresses of
 * {@link #SCHEMES} work in a mail and are safe there; a relative one is resolved against
 * the newsletter's base URL. Not thread-safe while it embeds pictures.
 */
final class LinkTargets {

	/** What a mail reader hands to a program that asks before it acts. */
	static final List<String> SCHEMES = List.of("http", "https", "mailto", "tel", "sms", "ftp", "irc", "ircs", "xmpp");

	private static final Set<String> WITH_HOST = Set.of("http", "https", "ftp", "irc", "ircs");

	private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);

	/**
	 * What RFC 3986 section 2 has no place for, and a percent sign that escapes nothing.
	 */
	private static final Pattern UNSAFE = Pattern
		.compile("[^A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})");

	private static final Pattern CONTROL_OR_SPACE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

	private final @Nullable URI base;

	private final EmbeddedPictures pictures;

	LinkTargets(@Nullable URI base) {
		this(base, new EmbeddedPictures(DataSize.ofBytes(0)));
	}

	/**
	 * @param pictures takes those that can be embedded
	 */
	LinkTargets(@Nullable URI base, EmbeddedPictures pictures) {
		this.base = base;
		this.pictures = pictures;
	}

	/**
	 * @return empty where the link can't work in a mail: its text stays
	 */
	Optional<String> link(String destination) {
		return resolve(destination).filter((url) -> hasScheme(url, SCHEMES));
	}

	Optional<String> picture(String destination) {
		return this.pictures.embed(destination)
			.or(() -> resolve(destination).filter((url) -> hasScheme(url, List.of("http", "https"))));
	}

	/** In pixels, of a picture that was found. */
	Optional<PictureSize> pictureSize(String destination) {
		return this.pictures.size(destination);
	}

	private Optional<String> resolve(String destination) {
		String url = encode(CONTROL_OR_SPACE.matcher(destination).replaceAll("").strip());
		if (url.isEmpty() || url.startsWith("#")) {
			return Optional.empty();
		}
		if (url.startsWith("//")) {
			return Optional.of("https:" + url);
		}
		if (SCHEME.matcher(url).matches()) {
			return Optional.of(url);
		}
		try {
			return Optional.ofNullable(this.base).map((start) -> start.resolve("./").resolve(relative(url)).toString());
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static URI relative(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static String encode(String url) {
		return UNSAFE.matcher(url).replaceAll((match) -> Matcher.quoteReplacement(percent(match.group())));
	}

	private static String percent(String characters) {
		StringBuilder result = new StringBuilder();
		for (byte octet : characters.getBytes(StandardCharsets.UTF_8)) {
			result.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
		}
		return result.toString();
	}

	private static boolean hasScheme(String url, List<String> schemes) {
		for (String scheme : schemes) {
			String start = WITH_HOST.contains(scheme) ? scheme + "://" : scheme + ":";
			if (url.regionMatches(true, 0, start, 0, start.length()) && url.length() > start.length()) {
				return true;
			}
		}
		return false;
	}

}
