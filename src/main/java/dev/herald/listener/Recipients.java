package dev.herald.listener;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import dev.herald.settings.Installation;
import dev.herald.tracking.DeliveryLookup;

/**
 * Knows the addresses that reports and unsubscribes come to: a token at the bounce
 * domain. Thread-safe.
 */
final class Recipients {

	/** Signs that forwarders put before it stay; what needs quotes is none of ours. */
	private static final Pattern LOCAL_PART = Pattern.compile("\"?([A-Za-z0-9.=_+-]+)\"?");

	private final DeliveryLookup lookup;

	private final String domain;

	Recipients(DeliveryLookup lookup, Installation installation) {
		this.lookup = lookup;
		this.domain = EmailAddress.parse(installation.bounceAddress()).domain();
	}

	String domain() {
		return this.domain;
	}

	/** The address in its plain form; empty for all others. */
	Optional<String> find(String address) {
		return EmailAddress.tryParse(address)
			.filter((recipient) -> recipient.domain().equals(this.domain))
			.flatMap((recipient) -> plain(recipient.localPart()))
			.filter((recipient) -> this.lookup.byEnvelopeSender(recipient).isPresent()
					|| this.lookup.byUnsubscribeAddress(recipient).isPresent()
					|| this.lookup.signUp(recipient).isPresent());
	}

	private Optional<String> plain(String localPart) {
		Matcher matcher = LOCAL_PART.matcher(localPart);
		return matcher.matches() ? Optional.of(matcher.group(1) + "@" + this.domain) : Optional.empty();
	}

}
