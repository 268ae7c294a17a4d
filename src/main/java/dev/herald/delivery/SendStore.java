package dev.herald.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import dev.herald.segment.Segment;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeJson;
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

	private final JdbcClient jdbc;

	private final Clock clock;

	SendStore(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	int insert(NewSend send) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		Segment segment = send.segment();
		this.jdbc.sql("""
				INSERT INTO send (issue_id, issue_version_id, fingerprint, status, rehearsal, due_at, zone,
				                  local_at, needs_approval, requested_by, created_at, segment_key, segment_name,
				                  segment_tree, segment_sha256, resent)
				VALUES (:issue, :version, :fingerprint, :status, :rehearsal, :due, :zone, :local, :approval, :by, :now,
				        :segmentKey, :segmentName, :segmentTree, :segmentDigest, :resent)
				""")
			.param("issue", send.issueId())
			.param("version", send.versionId())
			.param("fingerprint", send.fingerprint())
			.param("status", (send.needsApproval() ? SendStatus.HELD : SendStatus.SCHEDULED).name())
			.param("rehearsal", send.rehearsal() ? 1 : 0)
			.param("due", Utc.of(send.dueAt()))
			.param("zone", send.zone().getId())
			.param("local", send.localAt())
			.param("approval", send.needsApproval() ? 1 : 0)
			.param("by", send.requestedBy())
			.param("now", now())
			.param("segmentKey", (segment != null) ? segment.key() : null)
			.param("segmentName", (segment != null) ? segment.name() : null)
			.param("segmentTree", (segment != null) ? TreeJson.write(segment.tree()) : null)
			.param("segmentDigest", digest(segment))
			.param("resent", send.resent().stream().sorted().map(DeliveryState::name).collect(Collectors.joining(",")))
			.update(key, "id");
		return Objects.requireNonNull(key.getKeyAs(Number.class)).intValue();
	}

	private static String digest(@Nullable Segment segment) {
		return (segment != null) ? segment.digest() : "";
	}

	/** What a send was asked for with; empty: it goes to all. */
	Optional<Tree> tree(int sendId) {
		return this.jdbc.sql("SELECT segment_tree FROM send WHERE id = :send AND segment_tree IS NOT NULL")
			.param("send", sendId)
			.query(String.class)
			.optional()
			.map(TreeJson::read);
	}

	/**
	 * Within the transaction that asks for a send: makes whoever else asks for one of
	 * this issue wait, and refuses while one is unfinished.
	 */
	void lockForNewSend(Issue issue) {
		this.jdbc.sql("SELECT id FROM issue WHERE id = :issue FOR UPDATE")
			.param("issue", issue.id())
			.query()
			.singleRow();
		ofIssue(issue.id()).stream().filter((send) -> send.status().isUnfinished()).findFirst().ifPresent((send) -> {
			throw Problem
				.work(Sentence.of("delivery.under-way", issue.slug(), send.status().inWords(), send.requestedBy()));
		});
	}

	Optional<Send> find(int sendId) {
		return this.jdbc.sql("SELECT * FROM send WHERE id = :send")
			.param("send", sendId)
			.query(SendStore::send)
			.optional();
	}

	/** How the audit log names a send: {@code weekly/2026-11-24, send 7}. */
	String subject(int sendId) {
		return this.jdbc.sql("""
				SELECT CONCAT(n.name_key, '/', i.slug, ', send ', o.id) FROM send o
				JOIN issue i ON i.id = o.issue_id JOIN newsletter n ON n.id = i.newsletter_id
				WHERE o.id = :send
				""").param("send", sendId).query(String.class).single();
	}

	List<Send> ofIssue(int issueId) {
		return this.jdbc.sql("SELECT * FROM send WHERE issue_id = :issue ORDER BY id DESC")
			.param("issue", issueId)
			.query(SendStore::send)
			.list();
	}

	/**
	 * Sends whose time is in the given span, by that time: of those that are planned
	 * their due time, of those that went out when they began.
	 * @param to exclusive
	 */
	List<Send> between(Instant from, Instant to) {
		return this.jdbc.sql("""
				SELECT * FROM send
				WHERE (status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD') OR recipients IS NOT NULL)
				AND COALESCE(started_at, due_at) >= :from AND COALESCE(started_at, due_at) < :to
				ORDER BY COALESCE(started_at, due_at), id
				""").param("from", Utc.of(from)).param("to", Utc.of(to)).query(SendStore::send).list();
	}

	List<Send> unfinished() {
		return this.jdbc.sql("""
				SELECT * FROM send WHERE status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD') ORDER BY due_at, id
				""").query(SendStore::send).list();
	}

	/** The audience of a send, once it is counted. */
	void recordAudience(int sendId, Send.Audience audience) {
		this.jdbc.sql("""
				UPDATE send SET subscriptions = :subscriptions, recipients = :recipients, unconfirmed = :unconfirmed,
				unsubscribed = :unsubscribed, suppressed = :suppressed, paused = :paused, already_in_ledger = :already,
				outside_segment = :outside
				WHERE id = :send
				""")
			.param("subscriptions", audience.subscriptions())
			.param("recipients", audience.recipients())
			.param("unconfirmed", audience.unconfirmed())
			.param("unsubscribed", audience.unsubscribed())
			.param("suppressed", audience.suppressed())
			.param("paused", audience.paused())
			.param("already", audience.alreadyInLedger())
			.param("outside", audience.outside())
			.param("send", sendId)
			.update();
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
	void tell(int sendId, String owner, SendStatus status, @Nullable Sentence reason) {
		this.jdbc.sql("""
				UPDATE send SET status = :status, reason = :reason
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""")
			.param("status", status.name())
			.param("reason", HoldReason.write(reason))
			.param("send", sendId)
			.param("owner", owner)
			.update();
	}

	void hold(int sendId, String owner, Sentence reason) {
		this.jdbc.sql("""
				UPDATE send SET status = 'HELD', reason = :reason, owner = NULL, owned_until = NULL
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""").param("reason", HoldReason.write(reason)).param("send", sendId).param("owner", owner).update();
	}

	/**
	 * Holds a send whose content is no longer the one that was approved: the release
	 * approves what is there then. One statement, so that no crash can leave a send
	 * without a fingerprint that goes on.
	 */
	void holdForApproval(int sendId, String owner, Sentence reason) {
		this.jdbc.sql("""
				UPDATE send SET status = 'HELD', reason = :reason, fingerprint = '', approved_by = NULL, owner = NULL,
				owned_until = NULL
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""").param("reason", HoldReason.write(reason)).param("send", sendId).param("owner", owner).update();
	}

	/**
	 * Holds a send that has not begun and was due earlier than given, unless a living
	 * process has it. It has begun when its audience is frozen: from then on each
	 * delivery has a due time and a deadline of its own.
	 */
	boolean holdUnbegun(int sendId, Instant dueBefore, Sentence reason) {
		return this.jdbc.sql("""
				UPDATE send SET status = 'HELD', reason = :reason, owner = NULL, owned_until = NULL
				WHERE id = :send AND status IN ('SCHEDULED', 'RUNNING', 'WAITING') AND due_at < :before
				AND (started_at IS NULL OR recipients IS NULL) AND (owner IS NULL OR owned_until < :now)
				""")
			.param("reason", HoldReason.write(reason))
			.param("send", sendId)
			.param("before", Utc.of(dueBefore))
			.param("now", now())
			.update() == 1;
	}

	/**
	 * Within a transaction: holds every unfinished send, and takes it from whoever owns
	 * it. Those that were held get the new reason before their own: who releases one must
	 * know both.
	 */
	int holdAll(Sentence reason) {
		Map<Integer, String> before = new TreeMap<>();
		this.jdbc.sql("""
				SELECT id, reason FROM send WHERE status IN ('SCHEDULED', 'RUNNING', 'WAITING', 'HELD') FOR UPDATE
				""").query((row) -> {
			before.put(row.getInt("id"), row.getString("reason"));
		});
		before.forEach((send, earlier) -> this.jdbc.sql("""
				UPDATE send SET status = 'HELD', owner = NULL, owned_until = NULL, reason = :reason WHERE id = :send
				""")
			.param("reason", HoldReason.write(HoldReason.before(reason, HoldReason.read(earlier))))
			.param("send", send)
			.update());
		return before.size();
	}

	/** Whether a second person approved just this of an issue, in whichever send. */
	boolean isApproved(int issueId, int versionId, String fingerprint) {
		return !approvedFor(issueId, versionId, fingerprint).isEmpty();
	}

	/**
	 * Whether they did for just this audience.
	 * @param segment null: all
	 */
	boolean isApproved(int issueId, int versionId, String fingerprint, @Nullable Segment segment) {
		return approvedFor(issueId, versionId, fingerprint).contains(digest(segment));
	}

	private List<String> approvedFor(int issueId, int versionId, String fingerprint) {
		return this.jdbc.sql("""
				SELECT DISTINCT segment_sha256 FROM send WHERE issue_id = :issue AND issue_version_id = :version
				AND fingerprint = :fingerprint AND needs_approval = 1 AND approved_by IS NOT NULL
				""")
			.param("issue", issueId)
			.param("version", versionId)
			.param("fingerprint", fingerprint)
			.query(String.class)
			.list();
	}

	void finish(int sendId, String owner) {
		this.jdbc.sql("""
				UPDATE send SET status = 'DONE', reason = '', finished_at = :now, owner = NULL, owned_until = NULL
				WHERE id = :send AND owner = :owner AND status IN ('RUNNING', 'WAITING')
				""").param("now", now()).param("send", sendId).param("owner", owner).update();
	}

	/** The process that works on a send and is believed to live. */
	Optional<String> livingOwner(int sendId) {
		return this.jdbc.sql("SELECT owner FROM send WHERE id = :send AND owner IS NOT NULL AND owned_until >= :now")
			.param("send", sendId)
			.param("now", now())
			.query(String.class)
			.optional();
	}

	/** Empty while the send waits for an approval. */
	String fingerprint(int sendId) {
		return this.jdbc.sql("SELECT fingerprint FROM send WHERE id = :send")
			.param("send", sendId)
			.query(String.class)
			.single()
			.strip();
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

	private static Send send(ResultSet row, int number) throws SQLException {
		return new Send(row.getInt("id"), row.getInt("issue_id"), row.getInt("issue_version_id"),
				SendStatus.valueOf(row.getString("status")), row.getInt("rehearsal") == 1, Utc.read(row, "due_at"),
				ZoneId.of(row.getString("zone")), HoldReason.read(row.getString("reason")), audience(row),
				row.getString("requested_by"), Utc.read(row, "created_at"), decidedAt(row),
				Utc.readNullable(row, "started_at"), Utc.readNullable(row, "finished_at"),
				row.getObject("local_at", LocalDateTime.class), row.getInt("needs_approval") == 1,
				row.getString("approved_by"), Utc.readNullable(row, "cancel_at"), segment(row),
				resent(row.getString("resent")));
	}

	private static Instant decidedAt(ResultSet row) throws SQLException {
		return Objects.requireNonNullElse(Utc.readNullable(row, "decided_at"), Utc.read(row, "created_at"));
	}

	private static Set<DeliveryState> resent(String names) {
		return names.isEmpty() ? Set.of()
				: Arrays.stream(names.split(",")).map(DeliveryState::valueOf).collect(Collectors.toUnmodifiableSet());
	}

	private static Send.@Nullable OfSegment segment(ResultSet row) throws SQLException {
		String key = row.getString("segment_key");
		return (key != null) ? new Send.OfSegment(key, row.getString("segment_name")) : null;
	}

	private static Send.@Nullable Audience audience(ResultSet row) throws SQLException {
		if (row.getObject("recipients") == null) {
			return null;
		}
		return new Send.Audience(row.getInt("subscriptions"), row.getInt("recipients"), row.getInt("unconfirmed"),
				row.getInt("unsubscribed"), row.getInt("suppressed"), row.getInt("paused"),
				row.getInt("already_in_ledger"), row.getInt("outside_segment"));
	}

}
