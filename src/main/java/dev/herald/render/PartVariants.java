package dev.herald.render;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The forms of a part by what its template printed: at most 64, the longest unused goes.
 * A form is compiled when its text comes a second time: a template that prints something
 * else for each recipient pays for no form that nobody uses again. Thread-safe.
 */
final class PartVariants {

	/** Of an issue of 50 kB each takes about 200 kB. */
	private static final int MAX_VARIANTS = 64;

	private static final int MAX_SEEN = 1024;

	/** Empty for a text that can't be filled in. */
	private final Map<String, Optional<PartVariant>> variants = bounded(MAX_VARIANTS);

	private final Map<Integer, Boolean> seen = bounded(MAX_SEEN);

	private static <K, V> Map<K, V> bounded(int size) {
		return new LinkedHashMap<>(16, 0.75f, true) {
			@Override
			protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
				return size() > size;
			}
		};
	}

	synchronized boolean has(String text) {
		return this.variants.containsKey(text);
	}

	synchronized void put(String text, @Nullable PartVariant variant) {
		this.variants.put(text, Optional.ofNullable(variant));
	}

	Optional<PartVariant> find(String text, Supplier<@Nullable PartVariant> compiled) {
		synchronized (this) {
			Optional<PartVariant> known = this.variants.get(text);
			if (known != null) {
				return known;
			}
			if (this.seen.put(text.hashCode(), true) == null) {
				return Optional.empty();
			}
		}
		// Two threads may compile the same: that is cheaper than to let all wait.
		PartVariant variant = compiled.get();
		put(text, variant);
		return Optional.ofNullable(variant);
	}

}
