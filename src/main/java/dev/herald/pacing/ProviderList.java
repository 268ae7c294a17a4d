package dev.herald.pacing;

import java.util.HashMap;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * The providers of the settings, by code, domain and mail server. Immutable.
 */
final class ProviderList {

	/**
	 * Binder takes a to z, digits and hyphens as they are; and so does a table of
	 * figures.
	 */
	private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

	private final Map<Integer, Provider> byCode = new HashMap<>();

	private final Map<String, Provider> byDomain = new HashMap<>();

	private final Map<String, Provider> byMailServer = new HashMap<>();

	ProviderList(Map<String, ProviderSettings> providers) {
		this.byCode.put(Provider.OTHER.code(), Provider.OTHER);
		providers.forEach(this::add);
	}

	/**
	 * @throws Problem naming the provider that contradicts another or Herald's own
	 */
	static void check(Map<String, ProviderSettings> providers) {
		new ProviderList(providers);
	}

	private void add(String name, ProviderSettings settings) {
		checkName(name, settings);
		Provider provider = settings.named(name);
		Provider same = this.byCode.putIfAbsent(provider.code(), provider);
		if (same != null) {
			throw Problem.usage("The providers %s and %s have the same code %d. Ledgers keep it: each needs its own."
				.formatted(same, name, provider.code()));
		}
		for (String domain : settings.domains()) {
			put(this.byDomain, asciiDomain(name, domain), provider);
		}
		for (String suffix : settings.mx()) {
			put(this.byMailServer, asciiDomain(name, suffix), provider);
		}
	}

	private static void checkName(String name, ProviderSettings settings) {
		if (!name.matches(NAME) || name.equals(Provider.OTHER.name())) {
			throw Problem.usage(("The provider name '%s' is not allowed. Use a to z, digits and hyphens,"
					+ " and not 'other', which is the name of all the rest.")
				.formatted(name));
		}
		boolean own = ProviderCodes.ofOwn(name) != 0;
		if (own && settings.code() != null) {
			throw Problem.usage("The provider %s has a code of Herald's own. Remove its line code.".formatted(name));
		}
		if (!own && settings.code() == null) {
			throw Problem.usage(Sentence.of("pacing.code", name, ProviderCodes.FIRST_OF_OPERATORS,
					ProviderCodes.LAST_OF_OPERATORS));
		}
	}

	private static void put(Map<String, Provider> map, String domain, Provider provider) {
		Provider other = map.putIfAbsent(domain, provider);
		if (other != null && !other.equals(provider)) {
			throw Problem
				.usage("%s is listed with two providers, %s and %s. Leave one.".formatted(domain, other, provider));
		}
	}

	private static String asciiDomain(String provider, String domain) {
		try {
			return EmailAddress.parse("x@" + domain).domain();
		}
		catch (InvalidAddressException ex) {
			throw new Problem(Problem.Kind.USAGE,
					"'%s' of the provider %s is no domain name.".formatted(domain, provider), ex);
		}
	}

	@Nullable Provider ofDomain(String domain) {
		return this.byDomain.get(domain);
	}

	/** By the longest end of the server's name that is listed. */
	Provider ofMailServer(String host) {
		String end = host;
		while (true) {
			Provider provider = this.byMailServer.get(end);
			if (provider != null) {
				return provider;
			}
			int dot = end.indexOf('.');
			if (dot < 0) {
				return Provider.OTHER;
			}
			end = end.substring(dot + 1);
		}
	}

	Map<String, Provider> byDomain() {
		return this.byDomain;
	}

	Map<Integer, Provider> byCode() {
		return this.byCode;
	}

}
