package dev.herald.pacing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the mailbox provider of a recipient's domain: by the list in
 * batch/send-issue.yaml, then by its MX where DNS is allowed. Thread-safe.
 */
public final class Providers {

	private final ProviderList list;

	private final @Nullable MxLookup mx;

	/** The DNS servers are those of this machine. */
	public Providers(PacingSettings settings) {
		this(settings, "dns:");
	}

	/**
	 * @param dnsServers where to ask, as the JDK's DNS provider for JNDI writes it:
	 * {@code dns://127.0.0.1:53}
	 */
	Providers(PacingSettings settings, String dnsServers) {
		this.list = new ProviderList(settings.providers());
		this.mx = settings.dns() ? new MxLookup(dnsServers) : null;
	}

	/**
	 * The provider of a domain in any spelling; {@link Provider#OTHER} where there is
	 * none or the DNS does not answer. A domain that is listed, or any without DNS, is
	 * one or two look-ups in a hash table; with DNS an unknown domain can take seconds
	 * the first time.
	 */
	public Provider ofDomain(String domain) {
		Provider listed = this.list.ofDomain(domain);
		return (listed != null) ? listed : ofUsualSpelling(usualSpelling(domain));
	}

	private Provider ofUsualSpelling(String domain) {
		Provider listed = this.list.ofDomain(domain);
		if (listed != null) {
			return listed;
		}
		String server = (this.mx != null && !domain.isEmpty()) ? this.mx.mailServer(domain) : "";
		return server.isEmpty() ? Provider.OTHER : this.list.ofMailServer(server);
	}

	/**
	 * The provider of a code in the ledger; {@link Provider#OTHER} where an operator has
	 * removed it since.
	 */
	public Provider ofCode(int code) {
		return this.list.byCode().getOrDefault(code, Provider.OTHER);
	}

	/** The domains that are listed, in lower-case A-labels, with their providers. */
	public Map<String, Provider> listed() {
		return Map.copyOf(this.list.byDomain());
	}

	/** Whether the DNS tells of domains that are not listed. */
	public boolean asksDns() {
		return this.mx != null;
	}

	/** All, by code, {@link Provider#OTHER} first. */
	public List<Provider> all() {
		return this.list.byCode().values().stream().sorted(Comparator.comparingInt(Provider::code)).toList();
	}

	/** Lower-case A-labels; empty where it is no domain. */
	private static String usualSpelling(String domain) {
		if (domain.chars().allMatch((c) -> c < 128)) {
			return domain.toLowerCase(Locale.ROOT);
		}
		try {
			return EmailAddress.parse("x@" + domain).domain();
		}
		catch (InvalidAddressException ex) {
			return "";
		}
	}

}
