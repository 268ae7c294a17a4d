package dev.herald.pacing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.herald.problem.Sentence;

/**
 * The pace of every provider, for all sends of this process. Thread-safe.
 */
public final class ProviderPaces {

	private final Map<Integer, ProviderPace> byCode = new LinkedHashMap<>();

	private final ProviderPace other;

	public ProviderPaces(Providers providers, PacingSettings.SlowDown settings) {
		for (Provider provider : providers.all()) {
			this.byCode.put(provider.code(), new ProviderPace(provider, settings));
		}
		this.other = Objects.requireNonNull(this.byCode.get(Provider.OTHER.code()));
	}

	/**
	 * By the code in the ledger; that of {@link Provider#OTHER} where an operator has
	 * removed it.
	 */
	public ProviderPace ofCode(int code) {
		return this.byCode.getOrDefault(code, this.other);
	}

	/**
	 * Other limits of the same providers, from now on. One that is new in the settings
	 * needs a start: whose domains it has is read then.
	 */
	public void set(PacingSettings settings) {
		new ProviderList(settings.providers()).byCode().forEach((code, provider) -> {
			ProviderPace pace = this.byCode.get(code);
			if (pace != null) {
				pace.set(provider, settings.slowDown());
			}
		});
	}

	/** How many processes send now; each gets its part of every rate. */
	public void share(int processes) {
		this.byCode.values().forEach((pace) -> pace.share(processes));
	}

	/** What is not as usual, in one line for people, by provider. */
	public Map<Provider, Sentence> states() {
		Map<Provider, Sentence> states = new LinkedHashMap<>();
		for (ProviderPace pace : this.byCode.values()) {
			Optional<Sentence> state = pace.state();
			state.ifPresent((words) -> states.put(pace.provider(), words));
		}
		return states;
	}

}
