package dev.herald.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.herald.newsletter.Newsletter;
import dev.herald.schema.Utc;
import dev.herald.segment.SegmentSql;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Writes a newsletter's subscribers, page by page: memory does not grow with the list.
 * What it writes, an import reads back without a difference. Thread-safe.
 */
@Service
public class SubscriberExport {

	/** By key, not by cursor: H2 and MySQL both hold a whole result in memory. */
	private static final int PAGE = 2000;

	private final JdbcClient jdbc;

	SubscriberExport(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * As CSV in the order in which people came: email, name, state, since, paused_until
	 * (UTC, ISO 8601), zone, language, suppression with its time and evidence, and a
	 * column for each attribute. Cells that a spreadsheet would take for a formula are
	 * defused. The writer is flushed and left open.
	 * @param segment whose subscriptions to write, of every state; null: all
	 * @throws java.io.UncheckedIOException when it can't be written to
	 */
	public void run(Newsletter newsletter, @Nullable SegmentSql segment, Writer csv) {
		@SuppressWarnings("resource") // closing it would close the caller's writer
		CsvWriter writer = CsvWriter.builder().build(csv);
		List<String> attributes = attributeNames(newsletter.id());
		List<String> header = new ArrayList<>(ListColumns.FIXED);
		attributes.forEach((name) -> header.add(SpreadsheetCell.write(ListColumns.ATTRIBUTE_PREFIX + name)));
		writer.writeRecord(header);
		rows(newsletter.id(), segment, (row) -> {
			List<String> cells = new ArrayList<>(header.size());
			row.fixed().values().forEach((value) -> cells.add(SpreadsheetCell.write(value)));
			attributes.forEach((name) -> cells.add(SpreadsheetCell.write(row.attributes().getOrDefault(name, ""))));
			writer.writeRecord(cells);
		});
		flush(writer::flush);
	}

	/**
	 * As JSON Lines: an object each, by the same names; attributes are an object in it.
	 * What is empty is left out. The writer is flushed and left open.
	 * @param segment as of {@link #run}
	 * @throws java.io.UncheckedIOException when it can't be written to
	 */
	public void runJson(Newsletter newsletter, @Nullable SegmentSql segment, Writer json) {
		rows(newsletter.id(), segment, (row) -> flush(() -> {
			Map<String, Object> values = new LinkedHashMap<>(row.fixed());
			values.values().removeIf(""::equals);
			if (!row.attributes().isEmpty()) {
				values.put(ListColumns.ATTRIBUTES, row.attributes());
			}
			json.write(Attributes.JSON.writeValueAsString(values));
			json.write('\n');
		}));
		flush(json::flush);
	}

	private List<String> attributeNames(int newsletterId) {
		return this.jdbc.sql("""
				SELECT DISTINCT a.name FROM subscriber_attribute a
				JOIN subscription p ON p.subscriber_id = a.subscriber_id AND p.newsletter_id = ?
				ORDER BY a.name
				""").param(newsletterId).query(String.class).list();
	}

	private void rows(int newsletterId, @Nullable SegmentSql segment, Consumer<Row> action) {
		Map<Integer, Row> page = page(newsletterId, 0);
		while (!page.isEmpty()) {
			int last = Collections.max(page.keySet());
			if (segment != null) {
				page.keySet().retainAll(within(newsletterId, segment, page.keySet()));
			}
			if (!page.isEmpty()) {
				addSuppressions(addPeople(page));
				addAttributes(page);
			}
			page.values().forEach(action);
			page = page(newsletterId, last);
		}
	}

	/**
	 * A statement for each table: joined, H2 went through all subscriptions for every
	 * page, and 200,000 rows took 95 seconds.
	 */
	private Map<Integer, Row> page(int newsletterId, int afterSubscriberId) {
		Map<Integer, Row> rows = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT subscriber_id, state, changed_at, paused_until FROM subscription
				WHERE newsletter_id = :newsletter AND subscriber_id > :after
				ORDER BY newsletter_id, subscriber_id LIMIT :page
				""")
			.param("newsletter", newsletterId)
			.param("after", afterSubscriberId)
			.param("page", PAGE)
			.query((row) -> {
				rows.put(row.getInt("subscriber_id"),
						new Row(row.getInt("subscriber_id"), fixed(row), new TreeMap<>()));
			});
		return rows;
	}

	private Set<Integer> within(int newsletterId, SegmentSql segment, Set<Integer> subscribers) {
		return Set.copyOf(this.jdbc.sql("""
				SELECT s.id FROM subscriber s JOIN subscription p ON p.subscriber_id = s.id
				WHERE s.id IN (:ids) AND p.newsletter_id = :newsletter AND\s""" + segment.condition())
			.param("ids", subscribers)
			.param("newsletter", newsletterId)
			.params(segment.values())
			.query(Integer.class)
			.list());
	}

	/** All columns in their order; some are filled in later. */
	private static Map<String, String> fixed(ResultSet subscription) throws SQLException {
		Map<String, String> values = new LinkedHashMap<>();
		ListColumns.FIXED.forEach((name) -> values.put(name, ""));
		values.put("state", subscription.getString("state"));
		values.put("since", time(subscription, "changed_at"));
		// One that is over stays, as part of what is on record.
		values.put("paused_until", time(subscription, "paused_until"));
		return values;
	}

	/**
	 * @return the rows by match key
	 */
	private Map<String, Row> addPeople(Map<Integer, Row> rows) {
		Map<String, Row> byKey = new HashMap<>();
		this.jdbc.sql("SELECT id, address, match_key, name, zone, language FROM subscriber WHERE id IN (:ids)")
			.param("ids", rows.keySet())
			.query((person) -> {
				Row row = Objects.requireNonNull(rows.get(person.getInt("id")));
				row.fixed().put("email", person.getString("address"));
				row.fixed().put("name", person.getString("name"));
				row.fixed().put("zone", person.getString("zone"));
				row.fixed().put("language", person.getString("language"));
				byKey.put(person.getString("match_key"), row);
			});
		return byKey;
	}

	private void addSuppressions(Map<String, Row> byKey) {
		this.jdbc.sql("SELECT match_key, reason, since, evidence FROM suppression WHERE match_key IN (:keys)")
			.param("keys", byKey.keySet())
			.query((suppression) -> {
				Row row = Objects.requireNonNull(byKey.get(suppression.getString("match_key")));
				row.fixed().put("suppression", suppression.getString("reason"));
				row.fixed().put("suppressed_since", time(suppression, "since"));
				row.fixed().put("suppression_why", suppression.getString("evidence"));
			});
	}

	private void addAttributes(Map<Integer, Row> rows) {
		this.jdbc.sql("SELECT subscriber_id, name, text FROM subscriber_attribute WHERE subscriber_id IN (:ids)")
			.param("ids", rows.keySet())
			.query((attribute) -> {
				Row row = Objects.requireNonNull(rows.get(attribute.getInt("subscriber_id")));
				row.attributes().put(attribute.getString("name"), attribute.getString("text"));
			});
	}

	private static String time(ResultSet row, String column) throws SQLException {
		Instant time = Utc.readNullable(row, column);
		return (time != null) ? time.toString() : "";
	}

	private static void flush(Writing writing) {
		try {
			writing.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Writing {

		void run() throws IOException;

	}

	/**
	 * @param fixed by the names of the columns, in their order
	 */
	private record Row(int subscriberId, Map<String, String> fixed, Map<String, String> attributes) {
	}

}
