package dev.herald.dkim;

import java.security.Provider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The signers of herald.dkim, by domain. Keys are read once, when Herald starts.
 * Immutable and thread-safe.
 */
@Component
public final class DkimSigners {

	private static final Logger logger = LoggerFactory.getLogger(DkimSigners.class);

	private final List<SigningKey> keys;

	private final Map<String, DkimSigner> byDomain = new LinkedHashMap<>();

	/**
	 * @throws Problem naming the entry, and what to do
	 */
	DkimSigners(DkimSettings settings, Clock clock) {
		this.keys = load(settings.dkim());
		Map<String, List<SigningKey>> grouped = new LinkedHashMap<>();
		for (SigningKey key : this.keys) {
			grouped.computeIfAbsent(key.name().domain(), (domain) -> new ArrayList<>()).add(key);
		}
		grouped.forEach((domain, ofDomain) -> this.byDomain.put(domain, new DkimSigner(ofDomain, clock)));
	}

	/** Signs for nobody, as where herald.dkim is not set. */
	public static DkimSigners none() {
		return new DkimSigners(new DkimSettings(List.of()), Clock.systemUTC());
	}

	/** Native code is loaded only where something will be signed. */
	private static List<SigningKey> load(List<DkimSettings.Entry> entries) {
		if (entries.isEmpty()) {
			return List.of();
		}
		@Nullable Provider preferred = NativeCrypto.provider();
		Map<KeyName, SigningKey> loaded = new LinkedHashMap<>();
		for (int i = 0; i < entries.size(); i++) {
			String setting = "herald.dkim[" + i + "]";
			SigningKey key = new SigningKeyLoader(setting, entries.get(i)).load(preferred);
			if (loaded.putIfAbsent(key.name(), key) != null) {
				throw Problem.usage("%s repeats the selector %s of %s. Each key has a selector of its own."
					.formatted(setting, key.name().selector(), key.name().domain()));
			}
			logger.info("DKIM: {} signs, by {}", key, key.signatures().providerName());
		}
		return List.copyOf(loaded.values());
	}

	/**
	 * Whose signature is aligned (RFC 7489 section 3.1.1) with a From of this domain: the
	 * domain's own keys, else those of its nearest parent.
	 * @param fromDomain in A-labels
	 */
	public Optional<DkimSigner> forDomain(String fromDomain) {
		String domain = fromDomain.toLowerCase(Locale.ROOT);
		while (!this.byDomain.containsKey(domain)) {
			int dot = domain.indexOf('.');
			if (dot < 0) {
				return Optional.empty();
			}
			domain = domain.substring(dot + 1);
		}
		return Optional.of(this.byDomain.get(domain));
	}

	/**
	 * What to tell an operator, once a send, when mails from this domain go unsigned
	 * although Herald has keys. Empty where they are signed, or signing is left to the
	 * relay.
	 */
	public Optional<String> gap(String fromDomain) {
		if (this.byDomain.isEmpty() || forDomain(fromDomain).isPresent()) {
			return Optional.empty();
		}
		return Optional
			.of("Mails from %s go unsigned: no entry of herald.dkim is for it or a parent of it (there are: %s)."
				.formatted(fromDomain, String.join(", ", this.byDomain.keySet())));
	}

	/**
	 * What has to be in DNS for the keys to be verified, in the order of the settings.
	 */
	public List<DkimRecord> records() {
		return this.keys.stream().map(SigningKey::published).toList();
	}

}
