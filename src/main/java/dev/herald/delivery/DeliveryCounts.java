package dev.herald.delivery;

import java.util.EnumMap;
import java.util.Map;

/** Deliveries of one issue by ledger state. Immutable. */
public record DeliveryCounts(Map<DeliveryState, Integer> byState) {

	public DeliveryCounts {
		Map<DeliveryState, Integer> all = new EnumMap<>(DeliveryState.class);
		for (DeliveryState state : DeliveryState.values()) {
			all.put(state, byState.getOrDefault(state, 0));
		}
		byState = Map.copyOf(all);
	}

	public int of(DeliveryState state) {
		return this.byState.getOrDefault(state, 0);
	}

	public int recipients() {
		return this.byState.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** Those for which nothing more will happen by itself. */
	public int settled() {
		return this.byState.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isFinal())
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

}
