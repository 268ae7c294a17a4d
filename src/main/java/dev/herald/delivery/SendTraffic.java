package dev.herald.delivery;

import java.time.Instant;
import java.util.List;

import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what the owner of a send told last about each mailbox provider; about a second
 * old while it runs. Thread-safe.
 */
@Component
public class SendTraffic {

	private final JdbcClient jdbc;

	SendTraffic(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The busiest provider first. */
	public List<Provider> of(int sendId) {
		return this.jdbc.sql("""
				SELECT name, waiting, in_flight, accepted, deferred, rejected, state, updated_at FROM send_traffic
				WHERE send_id = :send ORDER BY waiting + in_flight + accepted + deferred + rejected DESC, name
				""")
			.param("send", sendId)
			.query((row, n) -> new Provider(row.getString("name"), row.getInt("waiting"), row.getInt("in_flight"),
					row.getInt("accepted"), row.getInt("deferred"), row.getInt("rejected"),
					HoldReason.read(row.getString("state")), Utc.read(row, "updated_at")))
			.list();
	}

	/**
	 * One mailbox provider in one send.
	 *
	 * @param waiting in memory, for their turn
	 * @param inFlight being handed to the relay
	 * @param state what slows it; null where nothing does
	 */
	public record Provider(String name, int waiting, int inFlight, int accepted, int deferred, int rejected,
			@Nullable Sentence state, Instant updatedAt) {
	}

}
