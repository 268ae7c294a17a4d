package dev.herald.subscriber;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes the subscriptions of one person and records each change with what was before,
 * in one transaction. Thread-safe.
 */
final class SubscriptionChanges {

	/** Long enough for second thoughts; then a forwarded mail subscribes nobody again. */
	static final Duration UNDO_WITHIN = Duration.ofHours(24);

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	SubscriptionChanges(JdbcClient jdbc, PlatformTransactionManager transactionManager, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(transactionManager);
		this.clock = clock;
	}

	List<Standing> standings(int subscriberId) {
		return standings(subscriberId, "");
	}

	private List<Standing> standings(int subscriberId, String locking) {
		return this.jdbc.sql("""
				SELECT newsletter_id, state, paused_until FROM subscription WHERE subscriber_id = ?
				ORDER BY newsletter_id
				""" + locking)
			.param(subscriberId)
			.query((row, number) -> new Standing(row.getInt("newsletter_id"),
					SubscriptionState.valueOf(row.getString("state")), Utc.readNullable(row, "paused_until")))
			.list();
	}

	/**
	 * @param choice what each subscription is to be; the same where it stays as it is
	 * @return how many were changed: a choice made twice is no error
	 */
	int change(int subscriberId, ConsentSource source, @Nullable Integer issueId, UnaryOperator<Standing> choice) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			LocalDateTime now = Utc.of(this.clock.instant());
			int changed = 0;
			// Locked first: a button pressed twice at once is one change, and no
			// deadlock.
			for (Standing before : standings(subscriberId, "FOR UPDATE")) {
				Standing after = choice.apply(before);
				if (!after.equals(before)) {
					write(subscriberId, after, now);
					record(subscriberId, before, after, source, issueId, now);
					changed++;
				}
			}
			return changed;
		}));
	}

	/**
	 * @return false where it is ACTIVE already
	 */
	boolean subscribe(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			LocalDateTime now = Utc.of(this.clock.instant());
			boolean isNew = this.jdbc.sql("""
					INSERT IGNORE INTO subscription (newsletter_id, subscriber_id, state, changed_at)
					VALUES (?, ?, 'ACTIVE', ?)
					""").params(newsletterId, subscriberId, now).update() == 1;
			Standing active = new Standing(newsletterId, SubscriptionState.ACTIVE, null);
			if (isNew) {
				record(subscriberId, null, active, source, issueId, now);
			}
			return isNew || change(subscriberId, source, issueId, (standing) -> (standing.newsletterId() == newsletterId
					&& standing.state() != SubscriptionState.ACTIVE) ? active : standing) > 0;
		}));
	}

	/** A pause does not change since when there is the subscription. */
	private void write(int subscriberId, Standing after, LocalDateTime now) {
		this.jdbc
			.sql("""
					UPDATE subscription SET changed_at = CASE WHEN state = :state THEN changed_at ELSE :now END,
					paused_until = :until, tracked = CASE WHEN :state = 'UNSUBSCRIBED' THEN 0 ELSE tracked END, state = :state
					WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber
					""")
			.param("state", after.state().name())
			.param("now", now)
			.param("until", time(after.pausedUntil()))
			.param("newsletter", after.newsletterId())
			.param("subscriber", subscriberId)
			.update();
	}

	/**
	 * @param before null where there was no subscription
	 */
	private void record(int subscriberId, @Nullable Standing before, Standing after, ConsentSource source,
			@Nullable Integer issueId, LocalDateTime now) {
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, paused_until, was_state, was_paused_until,
				                     source, issue_id, happened_at)
				VALUES (:newsletter, :subscriber, :state, :until, :wasState, :wasUntil, :source, :issue, :now)
				""")
			.param("newsletter", after.newsletterId())
			.param("subscriber", subscriberId)
			.param("state", after.state().name())
			.param("until", time(after.pausedUntil()))
			.param("wasState", (before != null) ? before.state().name() : null)
			.param("wasUntil", (before != null) ? time(before.pausedUntil()) : null)
			.param("source", source.name())
			.param("issue", issueId)
			.param("now", now)
			.update();
		SubscriptionDays.add(this.jdbc, after.newsletterId(), now, (before != null) ? before.state() : null,
				after.state());
		if (before == null) {
			return;
		}
		if (issueId != null && before.subscribed() && !after.subscribed()) {
			LeaverCounts.left(this.jdbc, after.newsletterId(), issueId, source);
		}
		else if (source == ConsentSource.UNDO && !before.subscribed() && after.subscribed()) {
			LeaverCounts.takenBack(this.jdbc, after.newsletterId(), subscriberId);
		}
	}

	boolean tracked(int newsletterId, int subscriberId) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM subscription
				WHERE newsletter_id = ? AND subscriber_id = ? AND state = 'ACTIVE' AND tracked = 1
				""").params(newsletterId, subscriberId).query(Integer.class).single() == 1;
	}

	boolean track(int newsletterId, int subscriberId, boolean consent, ConsentSource source,
			@Nullable Integer issueId) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			boolean changed = this.jdbc.sql("""
					UPDATE subscription SET tracked = :tracked WHERE newsletter_id = :newsletter
					AND subscriber_id = :subscriber AND tracked <> :tracked AND state <> 'UNSUBSCRIBED'
					""")
				.param("tracked", consent ? 1 : 0)
				.param("newsletter", newsletterId)
				.param("subscriber", subscriberId)
				.update() == 1;
			if (changed) {
				recordTracking(newsletterId, subscriberId, source, issueId);
			}
			return changed;
		}));
	}

	private void recordTracking(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, paused_until, was_state, was_paused_until,
				                     tracked, source, issue_id, happened_at)
				SELECT newsletter_id, subscriber_id, state, paused_until, state, paused_until, tracked, :source,
				       :issue, :now
				FROM subscription WHERE newsletter_id = :newsletter AND subscriber_id = :subscriber
				""")
			.param("source", source.name())
			.param("issue", issueId)
			.param("now", Utc.of(this.clock.instant()))
			.param("newsletter", newsletterId)
			.param("subscriber", subscriberId)
			.update();
	}

	/**
	 * The last choice of a reader on the page, by the id of its consent record: empty
	 * where it was too long ago, or something else came after it.
	 */
	Optional<Long> lastChoice(int subscriberId) {
		return this.jdbc.sql("""
				SELECT id, source, happened_at FROM consent WHERE subscriber_id = ?
				ORDER BY id DESC LIMIT 1
				""")
			.param(subscriberId)
			.query((row, number) -> new Choice(row.getLong("id"), subscriberId, row.getString("source"),
					Utc.read(row, "happened_at")))
			.optional()
			.filter((choice) -> choice.onPage() && !expired(choice))
			.map(Choice::id);
	}

	Undo undo(long consentId, int subscriberId, @Nullable Integer issueId) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			standings(subscriberId, "FOR UPDATE");
			Choice choice = choice(consentId).orElse(null);
			if (choice == null || choice.subscriberId() != subscriberId || !choice.onPage()) {
				return Undo.UNKNOWN;
			}
			if (expired(choice)) {
				return Undo.EXPIRED;
			}
			Map<Integer, Standing> before = before(choice);
			int restored = change(subscriberId, ConsentSource.UNDO, issueId,
					(now) -> before.getOrDefault(now.newsletterId(), now));
			return (restored > 0) ? Undo.DONE : Undo.OVERTAKEN;
		}));
	}

	private Optional<Choice> choice(long consentId) {
		return this.jdbc.sql("SELECT id, subscriber_id, source, happened_at FROM consent WHERE id = ?")
			.param(consentId)
			.query((row, number) -> new Choice(row.getLong("id"), row.getInt("subscriber_id"), row.getString("source"),
					Utc.read(row, "happened_at")))
			.optional();
	}

	/**
	 * What a choice changed, as it was before, by newsletter: a choice for all
	 * newsletters has a record for each, of the same time. Only what nothing has changed
	 * since.
	 */
	private Map<Integer, Standing> before(Choice choice) {
		return this.jdbc.sql("""
				SELECT newsletter_id, was_state, was_paused_until FROM consent c
				WHERE c.subscriber_id = :subscriber AND c.happened_at = :at AND c.source = :source
				AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.subscriber_id = c.subscriber_id
				                AND n.newsletter_id = c.newsletter_id AND n.id > c.id)
				""")
			.param("subscriber", choice.subscriberId())
			.param("at", Utc.of(choice.happenedAt()))
			.param("source", choice.source())
			.query((row, number) -> new Standing(row.getInt("newsletter_id"),
					SubscriptionState.valueOf(row.getString("was_state")), Utc.readNullable(row, "was_paused_until")))
			.list()
			.stream()
			.collect(Collectors.toMap(Standing::newsletterId, (standing) -> standing));
	}

	private boolean expired(Choice choice) {
		return choice.happenedAt().isBefore(this.clock.instant().minus(UNDO_WITHIN));
	}

	private static @Nullable LocalDateTime time(@Nullable Instant instant) {
		return (instant != null) ? Utc.of(instant) : null;
	}

	/** One consent record. */
	private record Choice(long id, int subscriberId, String source, Instant happenedAt) {

		boolean onPage() {
			return this.source.equals(ConsentSource.UNSUBSCRIBE_PAGE.name());
		}

	}

}
