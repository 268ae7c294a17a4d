package dev.herald.subscriber;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.herald.schema.Utc;
import dev.herald.segment.FoldedText;
import dev.herald.subscriber.ListRow.Good;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the subscriptions of one chunk of a list, all or none of them. Thread-safe. */
final class SubscriptionBatch {

	/** Whom the record of suppressions names. */
	private static final String IMPORT = "import";

	private final JdbcClient jdbc;

	private final Blocks blocks;

	private final TransactionTemplate transactions;

	private final ErasedAddresses erased;

	/**
	 * Read committed: under MySQL's repeatable read, a subscriber that another import
	 * inserted meanwhile is ignored by the INSERT and invisible to the SELECT after it.
	 */
	SubscriptionBatch(JdbcClient jdbc, JdbcOperations operations, PlatformTransactionManager transactionManager) {
		this.jdbc = jdbc;
		this.blocks = new Blocks(operations);
		this.erased = new ErasedAddresses(jdbc);
		this.transactions = new TransactionTemplate(transactionManager);
		this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
	}

	/**
	 * Who was erased stays away, and counts as who has unsubscribed.
	 * @param rows by match key
	 */
	ImportCounts subscribe(int newsletterId, Map<String, Good> rows, LocalDateTime now) {
		Map<String, Good> here = withoutErased(rows);
		ImportCounts counts = here.isEmpty() ? ImportCounts.NONE : subscribeAll(newsletterId, here, now);
		return counts.withKeptUnsubscribed(rows.size() - here.size());
	}

	private Map<String, Good> withoutErased(Map<String, Good> rows) {
		return rows.isEmpty() ? rows : without(this.erased.among(rows.keySet()), rows);
	}

	private ImportCounts subscribeAll(int newsletterId, Map<String, Good> rows, LocalDateTime now) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			// Imports take turns, chunk by chunk: no consent is recorded twice, and two
			// lists in different orders don't deadlock.
			this.jdbc.sql("SELECT id FROM newsletter ORDER BY id FOR UPDATE").query().listOfRows();
			Map<String, Known> known = areStrangers(rows.keySet()) ? Map.of() : find(newsletterId, rows.keySet());
			Map<String, Good> missing = without(known.keySet(), rows);
			int last = this.jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM subscriber").query(Integer.class).single();
			boolean allNew = insertSubscribers(missing, now) == missing.size();
			if (allNew && missing.size() == rows.size() && areAlike(rows.values())) {
				Range range = behind(last);
				if (range.isOf(rows.size())) {
					return join(newsletterId, rows, range, now);
				}
			}
			return change(newsletterId, rows, withMissing(newsletterId, known, missing, allNew, last), now);
		}));
	}

	/** As most chunks of most lists are: the database has the subscribers already. */
	private ImportCounts join(int newsletterId, Map<String, Good> rows, Range range, LocalDateTime now) {
		SubscriptionState state = rows.values().iterator().next().state();
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				SELECT ?, id, ?, ? FROM subscriber WHERE id BETWEEN ? AND ? ORDER BY id
				""").params(newsletterId, state.name(), now, range.first(), range.last()).update();
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, source, happened_at)
				SELECT ?, id, ?, ?, ? FROM subscriber WHERE id BETWEEN ? AND ? ORDER BY id
				""")
			.params(newsletterId, state.name(), ConsentSource.IMPORT.name(), now, range.first(), range.last())
			.update();
		ImportCounts counts = ImportCounts.joined(state, rows.size());
		SubscriptionDays.add(this.jdbc, newsletterId, now, counts.added(), 0);
		if (rows.values().stream().anyMatch((row) -> !row.attributes().isEmpty())) {
			setAttributes(rows, newIds(range.first() - 1, rows.keySet()));
		}
		return counts;
	}

	/** As chunks are of which somebody is here already, or is not like the others. */
	private ImportCounts change(int newsletterId, Map<String, Good> rows, Map<String, Known> all, LocalDateTime now) {
		ImportDecisions decisions = decide(rows, all);
		takeOver("zone", Good::zone, rows, all);
		takeOver("language", Good::language, rows, all);
		insertSubscriptions(newsletterId, decisions.joining(), now);
		int departed = end(newsletterId, decisions.leaving(), now);
		SubscriptionDays.add(this.jdbc, newsletterId, now, decisions.counts().added(), departed);
		suppress(decisions.suppressing(), now);
		Map<String, Integer> ids = new HashMap<>();
		all.forEach((key, person) -> ids.put(key, person.subscriberId()));
		setAttributes(rows, ids);
		return decisions.counts();
	}

	private static Map<String, Good> without(Set<String> matchKeys, Map<String, Good> rows) {
		if (matchKeys.isEmpty()) {
			return rows;
		}
		Map<String, Good> others = new LinkedHashMap<>(rows);
		others.keySet().removeAll(matchKeys);
		return others;
	}

	/**
	 * Whether the first of them are unknown. The others are not looked for then: whether
	 * one is known shows when they are inserted, and in most lists none is.
	 */
	private boolean areStrangers(Collection<String> matchKeys) {
		return ids(matchKeys.stream().limit(Blocks.LARGEST).toList()).isEmpty();
	}

	/** What subscribe would do. */
	ImportCounts look(int newsletterId, Map<String, Good> rows) {
		Map<String, Good> here = withoutErased(rows);
		ImportCounts counts = here.isEmpty() ? ImportCounts.NONE
				: decide(here, find(newsletterId, here.keySet())).counts();
		return counts.withKeptUnsubscribed(rows.size() - here.size());
	}

	private ImportDecisions decide(Map<String, Good> rows, Map<String, Known> known) {
		Set<String> suppressible = rows.entrySet()
			.stream()
			.filter((row) -> row.getValue().suppression() != null)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
		return ImportDecisions.of(rows, known, suppressible.isEmpty() ? Set.of() : suppressed(suppressible));
	}

	private Set<String> suppressed(Collection<String> matchKeys) {
		Set<String> suppressed = new HashSet<>();
		this.blocks.select("SELECT match_key FROM suppression WHERE match_key IN", List.copyOf(matchKeys),
				(row) -> suppressed.add(row.getString("match_key")));
		return suppressed;
	}

	/**
	 * Two statements, and the second by subscriber alone: joined, or with the newsletter
	 * in its condition, H2 went through all subscriptions for every chunk, and 100,000
	 * rows took 400 seconds instead of 10.
	 */
	private Map<String, Known> find(int newsletterId, Collection<String> matchKeys) {
		Map<String, Integer> ids = ids(matchKeys);
		if (ids.isEmpty()) {
			return Map.of();
		}
		Map<Integer, Known> subscriptions = new HashMap<>();
		this.blocks.select(
				"SELECT newsletter_id, subscriber_id, state, changed_at FROM subscription WHERE subscriber_id IN",
				List.copyOf(ids.values()), (row) -> {
					if (row.getInt("newsletter_id") == newsletterId) {
						int id = row.getInt("subscriber_id");
						subscriptions.put(id, new Known(id, SubscriptionState.valueOf(row.getString("state")),
								Utc.read(row, "changed_at"), false));
					}
				});
		Map<String, Known> found = new HashMap<>();
		ids.forEach((key, id) -> found.put(key, subscriptions.getOrDefault(id, new Known(id, null, null, false))));
		return found;
	}

	private Map<String, Integer> ids(Collection<String> matchKeys) {
		Map<String, Integer> ids = new HashMap<>();
		this.blocks.select("SELECT id, match_key FROM subscriber WHERE match_key IN", List.copyOf(matchKeys),
				(row) -> ids.put(row.getString("match_key"), row.getInt("id")));
		return ids;
	}

	/**
	 * Of those that were inserted just now: they lie behind the last one, and among them
	 * at most what others inserted meanwhile.
	 */
	private Map<String, Integer> newIds(int last, Set<String> matchKeys) {
		Map<String, Integer> ids = new HashMap<>();
		this.jdbc.sql("SELECT id, match_key FROM subscriber WHERE id > ?").param(last).query((row) -> {
			String key = row.getString("match_key");
			if (matchKeys.contains(key)) {
				ids.put(key, row.getInt("id"));
			}
		});
		return (ids.size() == matchKeys.size()) ? ids : ids(matchKeys);
	}

	private Range behind(int last) {
		return this.jdbc.sql("SELECT COUNT(*), MIN(id), MAX(id) FROM subscriber WHERE id > ?")
			.param(last)
			.query((row, number) -> new Range(row.getInt(1), row.getInt(2), row.getInt(3)))
			.single();
	}

	/** Whether they differ by their addresses, names, places and attributes alone. */
	private static boolean areAlike(Collection<Good> rows) {
		SubscriptionState state = rows.iterator().next().state();
		return rows.stream()
			.allMatch((row) -> row.state() == state && row.since() == null && row.pausedUntil() == null
					&& row.suppression() == null);
	}

	/**
	 * @return how many were not there
	 */
	private int insertSubscribers(Map<String, Good> missing, LocalDateTime now) {
		List<Map.Entry<String, Good>> rows = List.copyOf(missing.entrySet());
		boolean placed = missing.values()
			.stream()
			.anyMatch((row) -> !row.zone().isEmpty() || !row.language().isEmpty());
		// A third of the values is empty in most lists.
		return placed
				? this.blocks.insert(
						"INSERT IGNORE INTO subscriber (address, match_key, name, created_at, zone, language) VALUES ",
						rows, "",
						(row) -> values(row.getValue().address().value(), row.getKey(), row.getValue().name(), now,
								row.getValue().zone(), row.getValue().language()))
				: this.blocks.insert("INSERT IGNORE INTO subscriber (address, match_key, name, created_at) VALUES ",
						rows, "",
						(row) -> values(row.getValue().address().value(), row.getKey(), row.getValue().name(), now));
	}

	/** Those that were known, and those that are inserted. */
	private Map<String, Known> withMissing(int newsletterId, Map<String, Known> known, Map<String, Good> missing,
			boolean allNew, int last) {
		if (missing.isEmpty()) {
			return known;
		}
		Map<String, Known> all = new HashMap<>(known);
		if (allNew) {
			// Nobody knew them before this transaction, so they subscribe to nothing.
			newIds(last, missing.keySet()).forEach((key, id) -> all.put(key, new Known(id, null, null, true)));
		}
		else {
			all.putAll(find(newsletterId, missing.keySet()));
		}
		return all;
	}

	/**
	 * What a file says of somebody is taken over: a list may learn zones and languages
	 * later.
	 * @param column of the subscriber
	 */
	private void takeOver(String column, Function<Good, String> value, Map<String, Good> rows,
			Map<String, Known> present) {
		Map<String, List<String>> byValue = rows.entrySet()
			.stream()
			.filter((row) -> !value.apply(row.getValue()).isEmpty()
					&& !Objects.requireNonNull(present.get(row.getKey())).inserted())
			.collect(Collectors.groupingBy((row) -> value.apply(row.getValue()), TreeMap::new,
					Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
		String update = "UPDATE subscriber SET %1$s = :value WHERE match_key IN (:keys) AND %1$s <> :value"
			.formatted(column);
		byValue.forEach((text, keys) -> this.jdbc.sql(update).param("value", text).param("keys", keys).update());
	}

	/** What a file says of attributes is taken over too; others stay. */
	private void setAttributes(Map<String, Good> rows, Map<String, Integer> ids) {
		List<Attribute> attributes = new ArrayList<>();
		rows.forEach((key, row) -> row.attributes()
			.forEach(
					(name, value) -> attributes.add(new Attribute(Objects.requireNonNull(ids.get(key)), name, value))));
		attributes.sort((one, other) -> Integer.compare(one.subscriberId(), other.subscriberId()));
		this.blocks.insert("INSERT INTO subscriber_attribute (subscriber_id, name, text, folded, number) VALUES ",
				attributes,
				" ON DUPLICATE KEY UPDATE text = VALUES(text), folded = VALUES(folded), number = VALUES(number)",
				(attribute) -> {
					FoldedText compared = FoldedText.of(attribute.value());
					return values(attribute.subscriberId(), attribute.name(), attribute.value(), compared.folded(),
							compared.number());
				});
	}

	private void insertSubscriptions(int newsletterId, List<ImportDecisions.Change> joining, LocalDateTime now) {
		this.blocks.insert(
				"INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at, paused_until) VALUES ",
				joining, "", (join) -> values(newsletterId, join.subscriberId(), join.row().state().name(),
						since(join.row(), now), time(join.row().pausedUntil(), null)));
		this.blocks.insert(
				"INSERT INTO consent (newsletter_id, subscriber_id, state, paused_until, source, happened_at) VALUES ",
				joining, "", (join) -> values(newsletterId, join.subscriberId(), join.row().state().name(),
						time(join.row().pausedUntil(), null), ConsentSource.IMPORT.name(), now));
	}

	/**
	 * @return how many of them got mail until now
	 */
	private int end(int newsletterId, List<ImportDecisions.Change> leaving, LocalDateTime now) {
		int departed = 0;
		for (ImportDecisions.Change leave : leaving) {
			SubscriptionState before = Objects.requireNonNull(leave.before());
			int ended = this.jdbc.sql("""
					UPDATE subscription SET state = 'UNSUBSCRIBED', changed_at = ?, paused_until = NULL, tracked = 0
					WHERE newsletter_id = ? AND subscriber_id = ? AND state = ?
					""").params(since(leave.row(), now), newsletterId, leave.subscriberId(), before.name()).update();
			if (ended > 0) {
				this.jdbc.sql("""
						INSERT INTO consent (newsletter_id, subscriber_id, state, was_state, source, happened_at)
						VALUES (?, ?, 'UNSUBSCRIBED', ?, 'IMPORT', ?)
						""").params(newsletterId, leave.subscriberId(), before.name(), now).update();
				departed += (before == SubscriptionState.ACTIVE) ? 1 : 0;
			}
		}
		return departed;
	}

	private void suppress(List<Map.Entry<String, ListRow.Suppressed>> suppressing, LocalDateTime now) {
		this.blocks.insert("INSERT IGNORE INTO suppression (match_key, reason, evidence, since) VALUES ", suppressing,
				"", (each) -> values(each.getKey(), each.getValue().reason().name(), each.getValue().evidence(),
						time(each.getValue().since(), now)));
		this.blocks.insert(
				"INSERT INTO suppression_change (match_key, suppressed, reason, evidence, by_whom, happened_at) VALUES ",
				suppressing, "", (each) -> values(each.getKey(), 1, each.getValue().reason().name(),
						each.getValue().evidence(), IMPORT, now));
	}

	private static LocalDateTime since(Good row, LocalDateTime now) {
		return (row.since() != null) ? Utc.of(row.since()) : now;
	}

	private static @Nullable LocalDateTime time(@Nullable Instant instant, @Nullable LocalDateTime otherwise) {
		return (instant != null) ? Utc.of(instant) : otherwise;
	}

	private static @Nullable Object[] values(@Nullable Object... values) {
		return values;
	}

	/**
	 * A subscriber that is there, and the subscription, if there is one.
	 *
	 * @param inserted by this chunk, for certain
	 */
	record Known(int subscriberId, @Nullable SubscriptionState state, @Nullable Instant changedAt, boolean inserted) {
	}

	/** Subscribers by their numbers. */
	private record Range(int count, int first, int last) {

		/** Whether it is these alone, without a gap or a stranger among them. */
		boolean isOf(int rows) {
			return this.count == rows && this.last - this.first == rows - 1;
		}

	}

	private record Attribute(int subscriberId, String name, String value) {
	}

}
