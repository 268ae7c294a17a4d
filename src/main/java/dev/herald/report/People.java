package dev.herald.report;

import java.time.Instant;
import java.util.List;

import dev.herald.address.AddressRange;
import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds subscribers of the whole installation by address. Thread-safe. */
@Component
public class People {

	private final JdbcClient jdbc;

	People(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Those whose address is the text or begins with it, by address, at most limit.
	 * @param after the id of the one to go on behind; 0 for the first page
	 */
	public List<Found> find(String text, int after, int limit) {
		AddressRange range = AddressRange.of(text);
		return this.jdbc.sql("""
				SELECT s.id, s.address, s.name, s.created_at,
				EXISTS (SELECT 1 FROM suppression x WHERE x.match_key = s.match_key) AS suppressed,
				(SELECT COUNT(*) FROM subscription p WHERE p.subscriber_id = s.id AND p.state = 'ACTIVE') AS active
				FROM subscriber s
				WHERE s.match_key >= :from AND s.match_key < :to
				AND s.match_key > COALESCE((SELECT a.match_key FROM subscriber a WHERE a.id = :after), '')
				ORDER BY s.match_key LIMIT :limit
				""")
			.param("from", range.from())
			.param("to", range.to())
			.param("after", after)
			.param("limit", limit)
			.query((row, n) -> new Found(row.getInt("id"), new EmailAddress(row.getString("address")),
					row.getString("name"), Utc.read(row, "created_at"), row.getInt("active"),
					row.getBoolean("suppressed")))
			.list();
	}

	/**
	 * @param active newsletters that are subscribed to
	 */
	public record Found(int id, EmailAddress address, String name, Instant since, int active, boolean suppressed) {
	}

}
