package dev.herald.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The mark that an upgrade of the tables sets before it begins, so that no send starts
 * under it. Whoever starts one locks the mark's row first, and whoever upgrades sets it,
 * commits, and only then looks for sends that run: in either order one sees the other.
 */
public final class Maintenance {

	/** A dead upgrade keeps sends from starting for no longer. */
	static final Duration LENGTH = Duration.ofMinutes(1);

	private Maintenance() {
	}

	/**
	 * Within the transaction that starts a send: makes an upgrade wait until that has
	 * ended.
	 * @return who is upgrading the tables now
	 */
	public static Optional<String> lock(JdbcClient jdbc, Instant now) {
		return jdbc.sql("SELECT by_whom, until_at FROM maintenance WHERE id = 1 FOR UPDATE")
			.query((row, n) -> Utc.read(row, "until_at").isAfter(now) ? row.getString("by_whom") : "")
			.optional()
			.filter((whom) -> !whom.isEmpty());
	}

	/**
	 * Sets the mark, or sets it anew.
	 * @return false while somebody else's is set
	 */
	static boolean begin(JdbcClient jdbc, String whom) {
		Instant now = Instant.now();
		return jdbc.sql("""
				UPDATE maintenance SET by_whom = ?, until_at = ?
				WHERE id = 1 AND (by_whom = ? OR until_at <= ?)
				""").params(whom, Utc.of(now.plus(LENGTH)), whom, Utc.of(now)).update() == 1;
	}

	static void end(JdbcClient jdbc, String whom) {
		jdbc.sql("UPDATE maintenance SET by_whom = '', until_at = ? WHERE id = 1 AND by_whom = ?")
			.params(Utc.of(Instant.now()), whom)
			.update();
	}

}
