package dev.herald.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.testing.TestHerald;

/**
 * The ledger held against the relay's own record, when a send is over.
 *
 * @param recipients of the send
 * @param lost recipients of whom the ledger and the record together do not give one
 * answer
 * @param twice who was taken more than once
 */
record Audit(int recipients, Map<DeliveryState, Integer> states, Set<String> lost, Set<String> twice) {

	static Audit of(TestHerald herald, int issueId, List<String> taken) {
		Ledger ledger = herald.get(Ledger.class);
		Map<DeliveryState, Set<String>> byState = new EnumMap<>(DeliveryState.class);
		for (DeliveryState state : DeliveryState.values()) {
			Set<String> addresses = new HashSet<>();
			ledger.each(issueId, state, (row) -> addresses.add(row.address().value()));
			byState.put(state, addresses);
		}
		DeliveryCounts counts = ledger.counts(issueId);
		return new Audit(counts.recipients(), counts.byState(), lost(byState, new HashSet<>(taken)), twice(taken));
	}

	private static Set<String> lost(Map<DeliveryState, Set<String>> byState, Set<String> taken) {
		Set<String> lost = new TreeSet<>();
		byState.forEach((state, addresses) -> {
			boolean settled = state == DeliveryState.ACCEPTED || state == DeliveryState.REJECTED
					|| state == DeliveryState.UNCERTAIN;
			for (String address : addresses) {
				boolean wasTaken = taken.contains(address);
				if (!settled || (state == DeliveryState.ACCEPTED && !wasTaken)
						|| (state == DeliveryState.REJECTED && wasTaken)) {
					lost.add(state + " " + address + (wasTaken ? " (taken)" : " (not taken)"));
				}
			}
		});
		return lost;
	}

	private static Set<String> twice(List<String> taken) {
		Map<String, Long> times = new ArrayList<>(taken).stream()
			.collect(Collectors.groupingBy((address) -> address, Collectors.counting()));
		return times.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 1)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	int uncertain() {
		return this.states.getOrDefault(DeliveryState.UNCERTAIN, 0);
	}

}
