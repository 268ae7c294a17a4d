package dev.herald.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.herald.newsletter.Newsletter;
import dev.herald.schema.Utc;

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
	 * (UTC, ISO 8601), zone, suppression with its time and evidence, and a column for
	 * each attribute. Cells that a spreadsheet would take for a formula are defused. The
	 * writer is flushed and left open.
	 * @throws java.io.UncheckedIOException when it can't be written to
	 */
	public void run(Newsletter newsletter, Writer csv) {
		@SuppressWarnings("resource") // closing it would close the caller's writer
		CsvWriter writer = CsvWriter.builder().build(csv);
		List<String> attributes = attributeNames(newsletter.id());
		List<String> header = new ArrayList<>(ListColumns.FIXED);
		attributes.forEach((name) -> header.add(SpreadsheetCell.write(ListColumns.ATTRIBUTE_PREFIX + name)));
		writer.writeRecord(header);
		rows(newsletter.id(), (row) -> {
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
	 * @throws java.io.UncheckedIOException when it can't be written to
	 */
	public void runJson(Newsletter newsletter, Writer json) {
		rows(newsletter.id(), (row) -> flush(() -> {
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

	private void rows(int newsletterId, Consumer<Row> action) {
		List<Row> page = page(newsletterId, 0);
		while (!page.isEmpty()) {
			page.forEach(action);
			page = page(newsletterId, page.get(page.size() - 1).subscriberId());
		}
	}

	private List<Row> page(int newsletterId, int afterSubscriberId) {
		List<Row> rows = this.jdbc.sql("""
				SELECT s.id, s.address, s.name, s.zone, p.state, p.changed_at, p.paused_until,
				       x.reason, x.since, x.evidence
				FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				LEFT JOIN suppression x ON x.match_key = s.match_key
				WHERE p.newsletter_id = :newsletter AND p.subscriber_id > :after
				ORDER BY p.subscriber_id LIMIT :page
				""")
			.param("newsletter", newsletterId)
			.param("after", afterSubscriberId)
			.param("page", PAGE)
			.query((row, number) -> new Row(row.getInt("id"), fixed(row), new TreeMap<>()))
			.list();
		addAttributes(rows);
		return rows;
	}

	private static Map<String, String> fixed(ResultSet row) throws SQLException {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("email", row.getString("address"));
		values.put("name", row.getString("name"));
		values.put("state", row.getString("state"));
		values.put("since", time(row, "changed_at"));
		// One that is over stays, as part of what is on record.
		values.put("paused_until", time(row, "paused_until"));
		values.put("zone", row.getString("zone"));
		String reason = row.getString("reason");
		values.put("suppression", (reason != null) ? reason : "");
		values.put("suppressed_since", time(row, "since"));
		values.put("suppression_why", (reason != null) ? row.getString("evidence") : "");
		return values;
	}

	private static String time(ResultSet row, String column) throws SQLException {
		Instant time = Utc.readNullable(row, column);
		return (time != null) ? time.toString() : "";
	}

	private void addAttributes(List<Row> rows) {
		if (rows.isEmpty()) {
			return;
		}
		Map<Integer, Row> byId = rows.stream()
			.collect(Collectors.toMap(Row::subscriberId, (row) -> row, (a, b) -> a, HashMap::new));
		this.jdbc.sql("SELECT subscriber_id, name, text FROM subscriber_attribute WHERE subscriber_id IN (:ids)")
			.param("ids", byId.keySet())
			.query((attribute) -> {
				Row row = Objects.requireNonNull(byId.get(attribute.getInt("subscriber_id")));
				row.attributes().put(attribute.getString("name"), attribute.getString("text"));
			});
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
