package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people change in the table of sends. Every change names the status it changes
 * from, so that two people, or a person and a process, can't both make it.
 */
@Component
class SendChanges {

	private final JdbcClient jdbc;

	private final Clock clock;

	SendChanges(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * By a person, from any process: nothing is claimed any more once this has committed.
	 * The owner stays, since it is still recording what is in flight.
	 */
	boolean pause(int sendId, Sentence reason) {
		return this.jdbc.sql("""
				UPDATE send SET status = 'HELD', reason = :reason
				WHERE id = :send AND status IN ('SCHEDULED', 'RUNNING', 'WAITING')
				""").param("reason", HoldReason.write(reason)).param("send", sendId).update() == 1;
	}

	/**
	 * A person says that a held send goes on. One that has not begun is not due before
	 * the given time.
	 * @param fingerprint what the person approves, for a send that waits for an approval;
	 * where a second person has to, that one alone releases it
	 */
	boolean release(int sendId, String fingerprint, Instant earliest) {
		return this.jdbc.sql("""
				UPDATE send SET status = 'SCHEDULED', reason = '', cancel_at = NULL, decided_at = :now,
				fingerprint = CASE WHEN fingerprint = '' THEN :fingerprint ELSE fingerprint END,
				due_at = CASE WHEN due_at < :earliest AND (started_at IS NULL OR recipients IS NULL)
				         THEN :earliest ELSE due_at END
				WHERE id = :send AND status = 'HELD' AND (needs_approval = 0 OR approved_by IS NOT NULL)
				""")
			.param("fingerprint", fingerprint)
			.param("earliest", Utc.of(earliest))
			.param("now", now())
			.param("send", sendId)
			.update() == 1;
	}

	/**
	 * By a second person. One that has not begun is not due before the given time.
	 * @param fingerprint of what the person has seen
	 */
	boolean approve(int sendId, String who, String fingerprint, Instant earliest) {
		return this.jdbc.sql("""
				UPDATE send SET status = 'SCHEDULED', reason = '', approved_by = :who, fingerprint = :fingerprint,
				decided_at = :now,
				due_at = CASE WHEN due_at < :earliest AND recipients IS NULL THEN :earliest ELSE due_at END
				WHERE id = :send AND status = 'HELD' AND needs_approval = 1 AND approved_by IS NULL
				AND requested_by <> :who AND cancel_at IS NULL
				""")
			.param("who", who)
			.param("fingerprint", fingerprint)
			.param("earliest", Utc.of(earliest))
			.param("now", now())
			.param("send", sendId)
			.update() == 1;
	}

	/**
	 * Gives another time to a send that nobody was counted for and nobody works on; not
	 * to a resend.
	 */
	boolean move(int sendId, Instant dueAt, ZoneId zone, @Nullable LocalDateTime localAt) {
		return this.jdbc.sql("""
				UPDATE send SET due_at = :due, zone = :zone, local_at = :local, started_at = NULL, decided_at = :now
				WHERE id = :send AND status IN ('SCHEDULED', 'HELD') AND recipients IS NULL AND resent = ''
				AND (owner IS NULL OR owned_until < :now)
				""")
			.param("due", Utc.of(dueAt))
			.param("zone", zone.getId())
			.param("local", localAt)
			.param("now", now())
			.param("send", sendId)
			.update() == 1;
	}

	/** Cancels one of which nothing has left, since nobody was counted for it. */
	boolean cancelUnbegun(int sendId, Sentence reason) {
		return this.jdbc.sql("""
				UPDATE send SET status = 'CANCELLED', reason = :reason, finished_at = :now
				WHERE id = :send AND status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD') AND recipients IS NULL
				""").param("reason", HoldReason.write(reason)).param("now", now()).param("send", sendId).update() == 1;
	}

	/** Like a pause, that ends in a cancelling if nobody takes it back before. */
	boolean cancelLater(int sendId, String who, Instant at) {
		return this.jdbc.sql("""
				UPDATE send SET cancel_from = status, status = 'HELD', cancelled_by = :who, cancel_at = :at
				WHERE id = :send AND status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD') AND cancel_at IS NULL
				""").param("who", who).param("at", Utc.of(at)).param("send", sendId).update() == 1;
	}

	/** What was paused or held before it was cancelled is so again. */
	boolean takeCancellingBack(int sendId) {
		return this.jdbc.sql("""
				UPDATE send SET status = CASE WHEN cancel_from = 'HELD' THEN 'HELD' ELSE 'SCHEDULED' END,
				cancel_at = NULL
				WHERE id = :send AND status = 'HELD' AND cancel_at IS NOT NULL
				""").param("send", sendId).update() == 1;
	}

	/** Like a pause, and for good. */
	boolean cancel(int sendId, Sentence reason) {
		return this.jdbc.sql("""
				UPDATE send SET status = 'CANCELLED', reason = :reason, finished_at = :now, cancel_at = NULL
				WHERE id = :send AND status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD')
				""").param("reason", HoldReason.write(reason)).param("now", now()).param("send", sendId).update() == 1;
	}

	/** Ends for good what was cancelled and not taken back in time. */
	void cancelOverdue() {
		this.jdbc.sql("SELECT DISTINCT cancelled_by FROM send WHERE status = 'HELD' AND cancel_at <= :now")
			.param("now", now())
			.query(String.class)
			.list()
			.forEach(this::cancelOverdue);
	}

	private void cancelOverdue(String who) {
		this.jdbc.sql("""
				UPDATE send SET status = 'CANCELLED', finished_at = :now, cancel_at = NULL, reason = :reason
				WHERE status = 'HELD' AND cancel_at <= :now AND cancelled_by = :who
				""")
			.param("now", now())
			.param("reason", HoldReason.write(HoldReason.cancelledBy(who)))
			.param("who", who)
			.update();
	}

	private LocalDateTime now() {
		return Utc.of(this.clock.instant());
	}

}
