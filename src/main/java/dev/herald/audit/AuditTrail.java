package dev.herald.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit log as it is read: newest first, page by page. Thread-safe. */
@Component
public class AuditTrail {

	private final JdbcClient jdbc;

	AuditTrail(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * @param before the number of the last entry of the page before; Long.MAX_VALUE for
	 * the first page
	 * @param most entries, at least 1
	 */
	public List<Entry> page(Query query, long before, int most) {
		List<Entry> entries = this.jdbc.sql("""
				SELECT id, happened_at, who_kind, who, action, subject FROM audit_entry
				WHERE id < :before
				AND (:who = '' OR who LIKE :whoBegins)
				AND (:action = '' OR action = :action)
				AND happened_at >= :from AND happened_at < :until
				ORDER BY id DESC LIMIT :most
				""")
			.param("before", before)
			.param("who", query.who())
			.param("whoBegins", query.who().replaceAll("([\\\\%_])", "\\\\$1") + "%")
			.param("action", query.action())
			.param("from", Utc.of(query.from()))
			.param("until", Utc.of(query.until()))
			.param("most", most)
			.query(AuditTrail::entry)
			.list();
		Map<Long, List<Field>> fields = fields(entries);
		return entries.stream().map((entry) -> entry.with(fields.getOrDefault(entry.id(), List.of()))).toList();
	}

	/**
	 * The newest entry of this action about this subject, without its values; empty where
	 * none is kept.
	 * @param since no earlier: entries are found by their time
	 */
	public Optional<Entry> last(Action action, String subject, Instant since) {
		return this.jdbc.sql("""
				SELECT id, happened_at, who_kind, who, action, subject FROM audit_entry
				WHERE action = :action AND subject = :subject AND happened_at >= :since
				ORDER BY id DESC LIMIT 1
				""")
			.param("action", action.key())
			.param("subject", subject)
			.param("since", Utc.of(since))
			.query(AuditTrail::entry)
			.optional();
	}

	private Map<Long, List<Field>> fields(List<Entry> entries) {
		Map<Long, List<Field>> fields = new LinkedHashMap<>();
		if (!entries.isEmpty()) {
			this.jdbc.sql("""
					SELECT entry_id, name, was, became FROM audit_field WHERE entry_id IN (:entries)
					ORDER BY entry_id, name
					""").param("entries", entries.stream().map(Entry::id).toList()).query((row) -> {
				fields.computeIfAbsent(row.getLong("entry_id"), (id) -> new ArrayList<>())
					.add(new Field(row.getString("name"), row.getString("was"), row.getString("became")));
			});
		}
		return fields;
	}

	private static Entry entry(ResultSet row, int number) throws SQLException {
		return new Entry(row.getLong("id"), Utc.read(row, "happened_at"),
				new Actor(Actor.Kind.valueOf(row.getString("who_kind")), row.getString("who")), row.getString("action"),
				row.getString("subject"), List.of());
	}

	/**
	 * What is looked for.
	 *
	 * @param who how the name begins; empty for everybody
	 * @param action its stable name; empty for all
	 * @param from the first moment
	 * @param until the first moment after
	 */
	public record Query(String who, String action, Instant from, Instant until) {

		/** Everything that DATETIME can hold of it. */
		public static final Query ALL = new Query("", "", Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));

		public Query by(String name) {
			return new Query(name, this.action, this.from, this.until);
		}

		public Query of(String wanted) {
			return new Query(this.who, wanted, this.from, this.until);
		}

		public Query within(Instant begin, Instant end) {
			return new Query(this.who, this.action, begin, end);
		}

	}

	/**
	 * @param action its stable name, as it was stored
	 */
	public record Entry(long id, Instant at, Actor actor, String action, String subject, List<Field> fields) {

		Entry with(List<Field> values) {
			return new Entry(this.id, this.at, this.actor, this.action, this.subject, values);
		}

	}

	public record Field(String name, @Nullable String was, @Nullable String became) {
	}

}
