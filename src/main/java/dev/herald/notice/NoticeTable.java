package dev.herald.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table notice. Thread-safe. */
@Component
class NoticeTable {

	/** The column's width. */
	private static final int LONGEST_REPLY = 500;

	private final JdbcClient jdbc;

	private final Clock clock;

	NoticeTable(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	void insert(String kind, long about) {
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO notice (kind, about, state, attempts, due_at, created_at, changed_at, reply)
				VALUES (:kind, :about, 'READY', 0, :now, :now, :now, '')
				""").param("kind", kind).param("about", about).param("now", Utc.of(now)).update();
	}

	List<Waiting> due(int limit) {
		return this.jdbc.sql("""
				SELECT id, kind, about, attempts, created_at FROM notice
				WHERE state = 'READY' AND due_at <= ? ORDER BY due_at, id LIMIT ?
				""")
			.params(Utc.of(this.clock.instant()), limit)
			.query((row, number) -> new Waiting(row.getLong("id"), row.getString("kind"), row.getLong("about"),
					row.getInt("attempts"), Utc.read(row, "created_at")))
			.list();
	}

	/**
	 * Committed before a relay hears of it, so that of two processes one sends it, and
	 * one that dies meanwhile leaves a trace.
	 * @return false where another process has it
	 */
	boolean claim(Waiting notice) {
		return this.jdbc.sql("""
				UPDATE notice SET state = 'SENDING', changed_at = ? WHERE id = ? AND state = 'READY'
				""").params(Utc.of(this.clock.instant()), notice.id()).update() == 1;
	}

	void end(Waiting notice, String state, String reply) {
		this.jdbc.sql("UPDATE notice SET state = ?, reply = ?, changed_at = ? WHERE id = ?")
			.params(state, cut(reply), Utc.of(this.clock.instant()), notice.id())
			.update();
	}

	void again(Waiting notice, Duration pause, String reply) {
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				UPDATE notice SET state = 'READY', attempts = attempts + 1, reply = ?, changed_at = ?, due_at = ?
				WHERE id = ?
				""").params(cut(reply), Utc.of(now), Utc.of(now.plus(pause)), notice.id()).update();
	}

	/** Whoever had claimed them so long ago is dead: what became of them nobody knows. */
	void abandoned(Duration after) {
		Instant now = this.clock.instant();
		this.jdbc
			.sql("UPDATE notice SET state = 'UNCERTAIN', changed_at = ? WHERE state = 'SENDING' AND changed_at < ?")
			.params(Utc.of(now), Utc.of(now.minus(after)))
			.update();
	}

	/** Those that have not left, as far as this database knows. */
	int doubt(String why) {
		return this.jdbc
			.sql("UPDATE notice SET state = 'UNCERTAIN', reply = ?, changed_at = ? WHERE state IN ('READY', 'SENDING')")
			.params(why, Utc.of(this.clock.instant()))
			.update();
	}

	void forget(Duration after) {
		this.jdbc.sql("DELETE FROM notice WHERE state NOT IN ('READY', 'SENDING') AND changed_at < ?")
			.param(Utc.of(this.clock.instant().minus(after)))
			.update();
	}

	private static String cut(String reply) {
		return (reply.length() <= LONGEST_REPLY) ? reply : reply.substring(0, LONGEST_REPLY);
	}

	/**
	 * @param attempts that failed so far
	 */
	record Waiting(long id, String kind, long about, int attempts, Instant createdAt) {
	}

}
