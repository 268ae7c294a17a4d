package dev.herald.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

import dev.herald.person.Erasure;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes, in small transactions: a run that is broken off has done a part, and the next
 * one does the rest. Thread-safe.
 */
@Component
class Purge {

	private final Erasure erasure;

	private final PurgeValues values;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Purge(Erasure erasure, PurgeValues values, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
		this.erasure = erasure;
		this.values = values;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	private LocalDateTime before(Duration kept) {
		return Utc.of(this.clock.instant().minus(kept));
	}

	/**
	 * First nothing more is recorded by person for an issue, then what was is deleted:
	 * else a reader who comes in between would count twice.
	 * @return rows deleted
	 */
	int tracking() {
		LocalDateTime before = before(this.values.tracking());
		this.jdbc.sql("""
				UPDATE issue SET events_purged_at = :now WHERE events_purged_at IS NULL
				AND EXISTS (SELECT 1 FROM send o WHERE o.issue_id = issue.id)
				AND NOT EXISTS (SELECT 1 FROM send s WHERE s.issue_id = issue.id
				                AND (s.finished_at IS NULL OR s.finished_at >= :before))
				""").param("now", Utc.of(this.clock.instant())).param("before", before).update();
		int deleted = 0;
		for (int issue : this.jdbc.sql("SELECT id FROM issue WHERE events_purged_at IS NOT NULL")
			.query(Integer.class)
			.list()) {
			deleted += inChunks("DELETE FROM engagement WHERE issue_id = ? LIMIT ?", issue);
			deleted += inChunks("DELETE FROM link_click WHERE issue_id = ? LIMIT ?", issue);
		}
		inChunks("UPDATE subscriber SET last_engaged_at = NULL WHERE last_engaged_at < ? LIMIT ?", before);
		return deleted;
	}

	private int inChunks(String sql, Object value) {
		int deleted = 0;
		int chunk;
		do {
			chunk = this.jdbc.sql(sql).params(value, this.values.chunkSize()).update();
			deleted += chunk;
		}
		while (chunk == this.values.chunkSize());
		return deleted;
	}

	/**
	 * A person of whom nothing else is known goes too. Days and figures count nobody who
	 * never confirmed.
	 * @return subscriptions deleted
	 */
	int unconfirmed() {
		int deleted = 0;
		List<Pending> chunk = pending();
		while (!chunk.isEmpty()) {
			List<Pending> waiting = chunk;
			this.transactions.executeWithoutResult((status) -> waiting.forEach(this::delete));
			deleted += chunk.size();
			chunk = pending();
		}
		return deleted;
	}

	private List<Pending> pending() {
		return this.jdbc.sql("""
				SELECT newsletter_id, subscriber_id FROM subscription WHERE state = 'PENDING' AND changed_at < ?
				ORDER BY newsletter_id, subscriber_id LIMIT ?
				""")
			.params(before(this.values.unconfirmed()), this.values.chunkSize())
			.query((row, number) -> new Pending(row.getInt("newsletter_id"), row.getInt("subscriber_id")))
			.list();
	}

	/** Only where it is still unconfirmed: a reader may be at it at this moment. */
	private void delete(Pending pending) {
		boolean deleted = this.jdbc
			.sql("DELETE FROM subscription WHERE newsletter_id = ? AND subscriber_id = ? AND state = 'PENDING'")
			.params(pending.newsletterId(), pending.subscriberId())
			.update() == 1;
		if (!deleted) {
			return;
		}
		this.jdbc.sql("DELETE FROM consent WHERE newsletter_id = ? AND subscriber_id = ? AND state = 'PENDING'")
			.params(pending.newsletterId(), pending.subscriberId())
			.update();
		deleteIfUnknownOtherwise(pending.subscriberId());
	}

	private void deleteIfUnknownOtherwise(int subscriberId) {
		boolean known = this.jdbc.sql("""
				SELECT (SELECT COUNT(*) FROM subscription WHERE subscriber_id = :id)
				     + (SELECT COUNT(*) FROM consent WHERE subscriber_id = :id)
				     + (SELECT COUNT(*) FROM bounce WHERE subscriber_id = :id)
				     + (SELECT COUNT(*) FROM delivery d JOIN issue i ON i.id = d.issue_id WHERE d.subscriber_id = :id)
				""").param("id", subscriberId).query(Integer.class).single() > 0;
		if (!known) {
			// What a list brought of a person hangs on the row.
			this.jdbc.sql("DELETE FROM subscriber_attribute WHERE subscriber_id = ?").param(subscriberId).update();
			this.jdbc.sql("DELETE FROM subscriber WHERE id = ?").param(subscriberId).update();
		}
	}

	/**
	 * @return requests deleted
	 */
	int requests() {
		return inChunks("DELETE FROM reader_request WHERE asked_at < ? LIMIT ?", before(this.values.requests()));
	}

	/**
	 * A bounce may come weeks after a mail, and after the erasure of its reader.
	 * @return rows deleted or emptied
	 */
	int erased() {
		int changed = 0;
		int last = 0;
		List<Integer> chunk = erasedAfter(last);
		while (!chunk.isEmpty()) {
			List<Integer> people = new ArrayList<>(chunk);
			Integer rows = this.transactions
				.execute((status) -> people.stream().mapToInt(this.erasure::eraseRemains).sum());
			changed += (rows != null) ? rows : 0;
			last = people.get(people.size() - 1);
			chunk = erasedAfter(last);
		}
		return changed;
	}

	private List<Integer> erasedAfter(int id) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE id > ? AND erased_at IS NOT NULL ORDER BY id LIMIT ?")
			.params(id, this.values.chunkSize())
			.query(Integer.class)
			.list();
	}

	private record Pending(int newsletterId, int subscriberId) {
	}

}
