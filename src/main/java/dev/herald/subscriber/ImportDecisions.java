package dev.herald.subscriber;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.herald.subscriber.ListRow.Good;
import org.jspecify.annotations.Nullable;

/**
 * What a list means for people who are here already, and for those who are not: who has
 * unsubscribed stays so, and of two statements on one subscription the later one counts.
 *
 * @param joining get a subscription, which may be one that has ended
 * @param leaving had one, and have left since by what the list says
 * @param suppressing by match key
 */
record ImportDecisions(List<Change> joining, List<Change> leaving,
		List<Map.Entry<String, ListRow.Suppressed>> suppressing, ImportCounts counts) {

	/**
	 * @param rows by match key
	 * @param known subscribers, likewise; in a dry run some are still to come
	 * @param suppressed those of the rows' addresses that are suppressed already
	 */
	static ImportDecisions of(Map<String, Good> rows, Map<String, SubscriptionBatch.Known> known,
			Set<String> suppressed) {
		List<Change> joining = new ArrayList<>();
		List<Change> leaving = new ArrayList<>();
		List<Map.Entry<String, ListRow.Suppressed>> suppressing = new ArrayList<>();
		int kept = 0;
		int unchanged = 0;
		for (Map.Entry<String, Good> each : rows.entrySet()) {
			Good row = each.getValue();
			SubscriptionBatch.Known person = known.get(each.getKey());
			SubscriptionState before = (person != null) ? person.state() : null;
			Change change = new Change((person != null) ? person.subscriberId() : 0, row, before);
			if (before == null) {
				joining.add(change);
			}
			else if (before == SubscriptionState.UNSUBSCRIBED) {
				kept++;
			}
			else if (hasLeftSince(row, Objects.requireNonNull(person))) {
				leaving.add(change);
			}
			else {
				unchanged++;
			}
			if (row.suppression() != null && !suppressed.contains(each.getKey())) {
				suppressing.add(Map.entry(each.getKey(), row.suppression()));
			}
		}
		return new ImportDecisions(joining, leaving, suppressing,
				new ImportCounts(of(joining, SubscriptionState.ACTIVE), of(joining, SubscriptionState.PENDING),
						of(joining, SubscriptionState.UNSUBSCRIBED), unchanged, kept, leaving.size(),
						suppressing.size(), 0));
	}

	/** Where the list does not say when, leaving counts. */
	private static boolean hasLeftSince(Good row, SubscriptionBatch.Known person) {
		return row.state() == SubscriptionState.UNSUBSCRIBED
				&& (row.since() == null || person.changedAt() == null || row.since().isAfter(person.changedAt()));
	}

	private static int of(List<Change> joining, SubscriptionState state) {
		return (int) joining.stream().filter((change) -> change.row().state() == state).count();
	}

	/**
	 * @param before null where there was no subscription
	 */
	record Change(int subscriberId, Good row, @Nullable SubscriptionState before) {
	}

}
