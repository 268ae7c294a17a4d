package dev.herald.probe;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Addresses as people write them, as URIs that can be asked (RFC 3986). */
public final class WebAddress {

	private static final Pattern PARTS = Pattern.compile("(?is)(https?)://(?:[^/?#@]*@)?([^/?#@]+)([^#]*)(?:#.*)?");

	private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9\\-._~:/?@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})");

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

	private WebAddress() {
	}

	/**
	 * Without user, password and fragment; the host in ASCII (RFC 3490).
	 * @return empty for what is no address of the web
	 */
	public static Optional<URI> parse(String written) {
		Matcher parts = PARTS.matcher(written.strip());
		if (!parts.matches()) {
			return Optional.empty();
		}
		try {
			String host = parts.group(2);
			int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
			String name = (colon < 0) ? host : host.substring(0, colon);
			String port = (colon < 0) ? "" : host.substring(colon);
			String rest = safe(parts.group(3));
			URI address = new URI(parts.group(1).toLowerCase(Locale.ROOT) + "://"
					+ (name.startsWith("[") ? name : IDN.toASCII(name)).toLowerCase(Locale.ROOT) + port
					+ (rest.startsWith("/") ? rest : "/" + rest));
			return Optional.of(address).filter((uri) -> uri.getHost() != null && uri.getPort() < 65_536);
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * @param base of a relative address; null where there is none
	 */
	public static Optional<URI> resolve(@Nullable URI base, String written) {
		String address = written.strip();
		Optional<URI> whole = parse(address.startsWith("//") ? "https:" + address : address);
		if (whole.isPresent() || base == null || address.isEmpty() || SCHEME.matcher(address).lookingAt()) {
			return whole;
		}
		try {
			return parse(base.resolve(safe(address.split("#", 2)[0])).toString());
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static String safe(String text) {
		return UNSAFE.matcher(text).replaceAll((match) -> Matcher.quoteReplacement(percent(match.group())));
	}

	private static String percent(String characters) {
		StringBuilder result = new StringBuilder();
		for (byte octet : characters.getBytes(StandardCharsets.UTF_8)) {
			result.append("%%%02X".formatted(octet & 0xFF));
		}
		return result.toString();
	}

}
