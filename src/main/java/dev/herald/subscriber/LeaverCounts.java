package dev.herald.subscriber;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds up who left a newsletter by which of its issues, within the transaction that
 * records their consent: the sums are those who left by it and did not take it back,
 * always. By an issue of another newsletter nobody leaves this one: it only went along.
 */
final class LeaverCounts {

	private LeaverCounts() {
	}

	/** A reader leaves a newsletter. */
	static void left(JdbcClient jdbc, int newsletterId, int issueId, ConsentSource source) {
		jdbc.sql("""
				INSERT INTO leaver_count (issue_id, source, readers)
				SELECT i.id, :source, 1 FROM issue i WHERE i.id = :issue AND i.newsletter_id = :newsletter
				ON DUPLICATE KEY UPDATE readers = readers + 1
				""").param("source", source.name()).param("issue", issueId).param("newsletter", newsletterId).update();
	}

	/** A reader takes the last leaving of a newsletter back. */
	static void takenBack(JdbcClient jdbc, int newsletterId, int subscriberId) {
		jdbc.sql("""
				SELECT issue_id, source FROM consent
				WHERE subscriber_id = :subscriber AND newsletter_id = :newsletter AND state = 'UNSUBSCRIBED'
				ORDER BY id DESC LIMIT 1
				""")
			.param("subscriber", subscriberId)
			.param("newsletter", newsletterId)
			.query((row, n) -> new Leaving(row.getObject("issue_id", Integer.class), row.getString("source")))
			.optional()
			.ifPresent((leaving) -> remove(jdbc, newsletterId, leaving));
	}

	private static void remove(JdbcClient jdbc, int newsletterId, Leaving leaving) {
		jdbc.sql("""
				UPDATE leaver_count SET readers = readers - 1 WHERE issue_id = :issue AND source = :source
				AND EXISTS (SELECT 1 FROM issue i WHERE i.id = :issue AND i.newsletter_id = :newsletter)
				""")
			.param("issue", leaving.issueId())
			.param("source", leaving.source())
			.param("newsletter", newsletterId)
			.update();
	}

	/**
	 * @param issueId null where it was by no issue
	 */
	private record Leaving(@Nullable Integer issueId, String source) {
	}

}
