package dev.herald.dkim;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where a key is published.
 *
 * @param domain d=, in lower-case A-labels
 * @param selector s=, in lower case
 */
record KeyName(String domain, String selector) {

	/** RFC 6376 section 3.1: labels with dots between them. */
	private static final Pattern SELECTOR = Pattern
		.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

	/** RFC 1035 section 2.3.4, in octets as text. */
	private static final int LONGEST_NAME = 253;

	/**
	 * @param domainSetting what a person wrote the domain in, for the message
	 * @throws Problem naming what is wrong and in which of the two
	 */
	static KeyName of(String domainSetting, @Nullable String domain, String selectorSetting,
			@Nullable String selector) {
		KeyName name = new KeyName(domain(domainSetting, domain), selector(selectorSetting, selector));
		if (name.record().length() > LONGEST_NAME) {
			throw Problem.usage("%s: the name of the record, %s, is longer than %d. Choose a shorter selector."
				.formatted(selectorSetting, name.record(), LONGEST_NAME));
		}
		return name;
	}

	private static String domain(String setting, @Nullable String text) {
		try {
			if (text != null && text.indexOf('.') > 0 && text.indexOf('@') < 0) {
				return EmailAddress.parse("dkim@" + text).domain();
			}
		}
		catch (InvalidAddressException ex) {
			// Said below.
		}
		throw Problem.usage("%s must be the domain that signs, such as news.example.org, not '%s'.".formatted(setting,
				(text != null) ? text : ""));
	}

	private static String selector(String setting, @Nullable String text) {
		String selector = (text != null) ? text.toLowerCase(Locale.ROOT) : "";
		if (!SELECTOR.matcher(selector).matches()) {
			throw Problem.usage("%s must be the name of a key, of letters, digits and hyphens, such as s1, not '%s'."
				.formatted(setting, selector));
		}
		return selector;
	}

	/** The name of the TXT record (RFC 6376 section 3.6.2.1). */
	String record() {
		return this.selector + "._domainkey." + this.domain;
	}

}
