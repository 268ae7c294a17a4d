package dev.herald.subscriber;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the subscriptions of one chunk of a file, all or none of them. Thread-safe. */
final class SubscriptionBatch {

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ErasedAddresses erased;

	/**
	 * Read committed: under MySQL's repeatable read, a subscriber that another import
	 * inserted meanwhile is ignored by the INSERT and invisible to the SELECT after it.
	 */
	SubscriptionBatch(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		this.jdbc = jdbc;
		this.erased = new ErasedAddresses(jdbc);
		this.transactions = new TransactionTemplate(transactionManager);
		this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
	}

	/**
	 * Who was erased stays away, and counts as who has unsubscribed.
	 * @param rows by match key
	 * @return what was there before, by match key; those without a subscription of this
	 * newsletter are left out
	 */
	Map<String, SubscriptionState> subscribe(int newsletterId, Map<String, CsvRow.Good> rows, LocalDateTime now) {
		Set<String> gone = this.erased.among(rows.keySet());
		if (gone.isEmpty()) {
			return subscribeAll(newsletterId, rows, now);
		}
		Map<String, CsvRow.Good> others = new LinkedHashMap<>(rows);
		others.keySet().removeAll(gone);
		return with(gone, others.isEmpty() ? Map.of() : subscribeAll(newsletterId, others, now));
	}

	private static Map<String, SubscriptionState> with(Set<String> gone, Map<String, SubscriptionState> before) {
		Map<String, SubscriptionState> all = new HashMap<>(before);
		gone.forEach((key) -> all.putIfAbsent(key, SubscriptionState.UNSUBSCRIBED));
		return all;
	}

	private Map<String, SubscriptionState> subscribeAll(int newsletterId, Map<String, CsvRow.Good> rows,
			LocalDateTime now) {
		Map<String, SubscriptionState> before = this.transactions.execute((status) -> {
			// One import of a newsletter at a time, so that no consent is recorded twice.
			this.jdbc.sql("SELECT id FROM newsletter WHERE id = ? FOR UPDATE").param(newsletterId).query().listOfRows();
			Map<String, Known> known = find(newsletterId, rows.keySet());
			insertSubscribers(rows, known, now);
			setZones(rows, known.keySet());
			List<Integer> unsubscribed = find(newsletterId, rows.keySet()).values()
				.stream()
				.filter((found) -> found.state() == null)
				.map(Known::subscriberId)
				.sorted()
				.toList();
			insertSubscriptions(newsletterId, unsubscribed, now);
			return states(known);
		});
		return (before != null) ? before : Map.of();
	}

	/** What subscribe would find. */
	Map<String, SubscriptionState> look(int newsletterId, Collection<String> matchKeys) {
		return with(this.erased.among(matchKeys), states(find(newsletterId, matchKeys)));
	}

	private static Map<String, SubscriptionState> states(Map<String, Known> known) {
		Map<String, SubscriptionState> states = new HashMap<>();
		known.forEach((key, found) -> {
			if (found.state() != null) {
				states.put(key, found.state());
			}
		});
		return states;
	}

	/**
	 * Two statements, and the second by subscriber alone: joined, or with the newsletter
	 * in its condition, H2 went through all subscriptions for every chunk, and 100,000
	 * rows took 400 seconds instead of 10.
	 */
	private Map<String, Known> find(int newsletterId, Collection<String> matchKeys) {
		Map<String, Integer> ids = new HashMap<>();
		this.jdbc.sql("SELECT id, match_key FROM subscriber WHERE match_key IN (:keys)")
			.param("keys", matchKeys)
			.query((row) -> {
				ids.put(row.getString("match_key"), row.getInt("id"));
			});
		if (ids.isEmpty()) {
			return Map.of();
		}
		Map<Integer, SubscriptionState> states = new HashMap<>();
		this.jdbc.sql("SELECT newsletter_id, subscriber_id, state FROM subscription WHERE subscriber_id IN (:ids)")
			.param("ids", ids.values())
			.query((row) -> {
				if (row.getInt("newsletter_id") == newsletterId) {
					states.put(row.getInt("subscriber_id"), SubscriptionState.valueOf(row.getString("state")));
				}
			});
		Map<String, Known> found = new HashMap<>();
		ids.forEach((key, id) -> found.put(key, new Known(id, states.get(id))));
		return found;
	}

	private void insertSubscribers(Map<String, CsvRow.Good> rows, Map<String, Known> known, LocalDateTime now) {
		List<Map.Entry<String, CsvRow.Good>> missing = rows.entrySet()
			.stream()
			.filter((row) -> !known.containsKey(row.getKey()))
			// In one order, so that two imports wait for each other and don't deadlock.
			.sorted(Map.Entry.comparingByKey())
			.toList();
		insert("INSERT IGNORE INTO subscriber (address, match_key, name, zone, created_at) VALUES ", missing,
				(row) -> List.of(row.getValue().address().value(), row.getKey(), row.getValue().name(),
						row.getValue().zone(), now));
	}

	/**
	 * What a file says of somebody's zone is taken over: a list may learn zones later.
	 */
	private void setZones(Map<String, CsvRow.Good> rows, Collection<String> known) {
		Map<String, List<String>> byZone = rows.entrySet()
			.stream()
			.filter((row) -> known.contains(row.getKey()) && !row.getValue().zone().isEmpty())
			.collect(Collectors.groupingBy((row) -> row.getValue().zone(), TreeMap::new,
					Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
		byZone.forEach((zone, keys) -> this.jdbc
			.sql("UPDATE subscriber SET zone = :zone WHERE match_key IN (:keys) AND zone <> :zone")
			.param("zone", zone)
			.param("keys", keys)
			.update());
	}

	private void insertSubscriptions(int newsletterId, List<Integer> subscribers, LocalDateTime now) {
		insert("INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES ", subscribers,
				(id) -> List.of(newsletterId, id, SubscriptionState.ACTIVE.name(), now));
		insert("INSERT INTO consent (newsletter_id, subscriber_id, state, source, happened_at) VALUES ", subscribers,
				(id) -> List.of(newsletterId, id, SubscriptionState.ACTIVE.name(), ConsentSource.IMPORT.name(), now));
		SubscriptionDays.add(this.jdbc, newsletterId, now, subscribers.size(), 0);
	}

	/** One statement for all rows: a round trip each took most of the time on MySQL. */
	private <T> void insert(String into, List<T> rows, Function<T, List<Object>> values) {
		if (rows.isEmpty()) {
			return;
		}
		List<Object> parameters = rows.stream().map(values).flatMap(List::stream).toList();
		String tuple = "(" + String.join(", ", Collections.nCopies(parameters.size() / rows.size(), "?")) + ")";
		this.jdbc.sql(into + String.join(", ", Collections.nCopies(rows.size(), tuple))).params(parameters).update();
	}

	/** A subscriber that is there, and the state of the subscription, if there is one. */
	private record Known(int subscriberId, @Nullable SubscriptionState state) {
	}

}
