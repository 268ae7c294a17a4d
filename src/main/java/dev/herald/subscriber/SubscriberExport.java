package dev.herald.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.herald.newsletter.Newsletter;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Writes a newsletter's subscribers as CSV, page by page: memory does not grow with the
 * list. Thread-safe.
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
	 * Columns email, name, state, since, paused_until (UTC, ISO 8601), zone; by the order
	 * in which people came. Cells that a spreadsheet would take for a formula are
	 * defused. The writer is flushed and left open.
	 * @throws java.io.UncheckedIOException when it can't be written to
	 */
	public void run(Newsletter newsletter, Writer csv) {
		@SuppressWarnings("resource") // closing it would close the caller's writer
		CsvWriter writer = CsvWriter.builder().build(csv);
		writer.writeRecord("email", "name", "state", "since", "paused_until", "zone");
		List<Row> page = page(newsletter.id(), 0);
		while (!page.isEmpty()) {
			page.forEach((row) -> writer.writeRecord(row.cells()));
			page = page(newsletter.id(), page.get(page.size() - 1).subscriberId());
		}
		flush(writer);
	}

	private List<Row> page(int newsletterId, int afterSubscriberId) {
		return this.jdbc.sql("""
				SELECT s.id, s.address, s.name, s.zone, p.state, p.changed_at, p.paused_until
				FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				WHERE p.newsletter_id = :newsletter AND p.subscriber_id > :after
				ORDER BY p.subscriber_id LIMIT :page
				""")
			.param("newsletter", newsletterId)
			.param("after", afterSubscriberId)
			.param("page", PAGE)
			.query((row, number) -> new Row(row.getInt("id"),
					List.of(SpreadsheetCell.write(row.getString("address")),
							SpreadsheetCell.write(row.getString("name")), row.getString("state"),
							Utc.read(row, "changed_at").toString(), pausedUntil(row), row.getString("zone"))))
			.list();
	}

	/**
	 * Empty where there is no pause; one that is over stays, as part of what is on
	 * record.
	 */
	private static String pausedUntil(ResultSet row) throws SQLException {
		Instant until = Utc.readNullable(row, "paused_until");
		return (until != null) ? until.toString() : "";
	}

	private static void flush(CsvWriter writer) {
		try {
			writer.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Row(int subscriberId, List<String> cells) {
	}

}
