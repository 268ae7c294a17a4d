package dev.herald.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/**
 * The table of sends. Every change of status names the status it changes from, so that
 * two processes can't both make it.
 */
@Component
class SendStore {

	private static final int MAX_REASON = 500;

	private final JdbcClient jdbc;

	private final Clock clock;

	SendStore(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	int insert(int issueId, int versionId, boolean rehearsal, Instant dueAt, ZoneId zone, String requestedBy) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at)
				VALUES (:issue, :version, 'SCHEDULED', :rehearsal, :due, :zone, :by, :now)
				""")
			.param("issue", issueId)
			.param("version", versionId)
			.param("rehearsal", rehearsal ? 1 : 0)
			.param("due", Utc.of(dueAt))
			.param("zone", zone.getId())
			.param("by", requestedBy)
			.param("now", now())
			.update(key, "id");
		return Objects.requireNonNull(key.getKeyAs(Number.class)).intValue();
	}

	/** Makes whoever asks for a send of this issue wait for the others. */
	void lockIssue(int issueId) {
		this.jdbc.sql("SELECT id FROM issue WHERE id = :issue FOR UPDATE").param("issue", issueId).query().singleRow();
	}

	Optional<Send> find(int sendId) {
		return this.jdbc.sql("SELECT * FROM send WHERE id = :send")
			.param("send", sendId)
			.query(SendStore::send)
			.optional();
	}

	List<Send> ofIssue(int issueId) {
		return this.jdbc.sql("SELECT * FROM send WHERE issue_id = :issue ORDER BY id DESC")
			.param("issue", issueId)
			.query(SendStore::send)
			.list();
	}

	List<Send> unfinished() {
		return this.jdbc.sql("""
				SELECT * FROM send WHERE status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD') ORDER BY due_at, id
				""").query(SendStore::send).list();
	}

	/**
	 * Makes a process the owner of a send that is due and that no living process owns,
	 * and sets it RUNNING. One statement: of two that try, one succeeds.
	 */
	boolean acquire(int sendId, String owner, Duration lease) {
		return this.jdbc.sql("""
				UPDATE send SET owner = :owner, owned_until = :until, status = 'RUNNING', reason = '',
				started_at = COALESCE(started_at, :now)
				WHERE id = :send AND status IN ('SCHEDULED', 'RUNNING', 'WAITING') AND due_at <= :now
				AND (owner IS NULL OR owner = :owner OR owned_until < :now)
				""")
			.param("owner", owner)
			.param("until", Utc.of(this.clock.instant().plus(lease)))
			.param("now", now())
			.param("send", sendId)
			.update() == 1;
	}

	boolean extend(int sendId, String owner, Duration lease) {
		return this.jdbc.sql("UPDATE send SET owned_until = :until WHERE id = :send AND owner = :owner")
			.param("until", Utc.of(this.clock.instant().plus(lease)))
			.param("send", sendId)
			.param("owner", owner)
			.update() == 1;
	}

	/** Processes that work on a send now. */
	int liveOwners() {
		return this.jdbc.sql("SELECT COUNT(DISTINCT owner) FROM send WHERE owner IS NOT NULL AND owned_until > :now")
			.param("now", now())
			.query(Integer.class)
			.single();
	}

	/** False once a person has paused or cancelled it. */
	boolean isRunning(int sendId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM send WHERE id = :send AND status IN ('RUNNING', 'WAITING')")
			.param("send", sendId)
			.query(Integer.class)
			.single() == 1;
	}

	void disown(int sendId, String owner) {
		this.jdbc.sql("UPDATE send SET owner = NULL, owned_until = NULL WHERE id = :send AND owner = :owner")
			.param("send", sendId)
			.param("owner", owner)
			.update();
	}

	/** Between RUNNING and WAITING, by the owner. */
	void tell(int sendId, String owner, SendStatus status, String reason) {
		this.jdbc.sql("""
				UPDATE send SET status = :status, reason = :reason
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""")
			.param("status", status.name())
			.param("reason", cut(reason))
			.param("send", sendId)
			.param("owner", owner)
			.update();
	}

	void hold(int sendId, String owner, String reason) {
		this.jdbc.sql("""
				UPDATE send SET status = 'HELD', reason = :reason, owner = NULL, owned_until = NULL
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""").param("reason", cut(reason)).param("send", sendId).param("owner", owner).update();
	}

	/** A person says that a held send goes on. */
	boolean release(int sendId) {
		return this.jdbc.sql("UPDATE send SET status = 'SCHEDULED', reason = '' WHERE id = :send AND status = 'HELD'")
			.param("send", sendId)
			.update() == 1;
	}

	boolean cancelScheduled(int sendId) {
		return this.jdbc
			.sql("UPDATE send SET status = 'CANCELLED', finished_at = :now WHERE id = :send AND status = 'SCHEDULED'")
			.param("now", now())
			.param("send", sendId)
			.update() == 1;
	}

	void finish(int sendId, String owner) {
		this.jdbc.sql("""
				UPDATE send SET status = 'DONE', reason = '', finished_at = :now, owner = NULL, owned_until = NULL
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""").param("now", now()).param("send", sendId).param("owner", owner).update();
	}

	@Nullable String owner(int sendId) {
		return this.jdbc.sql("SELECT owner FROM send WHERE id = :send")
			.param("send", sendId)
			.query((row, n) -> row.getString("owner"))
			.list()
			.get(0);
	}

	int round(int sendId) {
		return this.jdbc.sql("SELECT round FROM send WHERE id = :send")
			.param("send", sendId)
			.query(Integer.class)
			.single();
	}

	void setRound(int sendId, int round) {
		this.jdbc.sql("UPDATE send SET round = :round WHERE id = :send")
			.param("round", round)
			.param("send", sendId)
			.update();
	}

	private LocalDateTime now() {
		return Utc.of(this.clock.instant());
	}

	private static String cut(String reason) {
		return (reason.length() <= MAX_REASON) ? reason : reason.substring(0, MAX_REASON - 1) + "…";
	}

	private static Send send(ResultSet row, int number) throws SQLException {
		return new Send(row.getInt("id"), row.getInt("issue_id"), row.getInt("issue_version_id"),
				SendStatus.valueOf(row.getString("status")), row.getInt("rehearsal") == 1, Utc.read(row, "due_at"),
				ZoneId.of(row.getString("zone")), row.getString("reason"), audience(row), row.getString("requested_by"),
				Utc.read(row, "created_at"), Utc.readNullable(row, "started_at"), Utc.readNullable(row, "finished_at"));
	}

	private static Send.@Nullable Audience audience(ResultSet row) throws SQLException {
		if (row.getObject("recipients") == null) {
			return null;
		}
		return new Send.Audience(row.getInt("subscriptions"), row.getInt("recipients"), row.getInt("unconfirmed"),
				row.getInt("unsubscribed"), row.getInt("suppressed"), row.getInt("already_in_ledger"));
	}

}
