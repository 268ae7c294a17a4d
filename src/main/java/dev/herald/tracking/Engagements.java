package dev.herald.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.schema.Utc;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records opens and clicks, and adds them up in the same transaction, so that the sums
 * are the records, always. Thread-safe.
 */
@Component
public class Engagements {

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final EngagementTimes times;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Engagements(JdbcClient jdbc, TransactionTemplate transactions, EngagementTimes times,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.times = times;
		this.events = events;
		this.clock = clock;
	}

	/** Once for each event. What a person does is also the last sign of that reader. */
	public void record(DeliveryKey delivery, EngagementKind kind, Actor actor) {
		this.transactions.executeWithoutResult((status) -> {
			Instant now = this.clock.instant();
			this.events.publishEvent(new DeliveryReceived(delivery));
			if (!keeps(delivery)) {
				add(delivery.issueId(), kind, actor, 0, now);
				return;
			}
			boolean first = insert(delivery, kind, actor, now);
			if (!first) {
				countAgain(delivery, kind, actor);
			}
			add(delivery.issueId(), kind, actor, first ? 1 : 0, now);
			if (actor == Actor.HUMAN) {
				this.jdbc.sql("UPDATE subscriber SET last_engaged_at = :now WHERE id = :subscriber")
					.param("now", Utc.of(now))
					.param("subscriber", delivery.subscriberId())
					.update();
			}
		});
	}

	/** Once for each event of a newsletter that counts totals only: it has no reader. */
	void recordOfNobody(int issueId, EngagementKind kind, Actor actor) {
		this.transactions.executeWithoutResult((status) -> add(issueId, kind, actor, 0, this.clock.instant()));
	}

	/**
	 * Whether it is still kept who does what: not of an issue whose records were purged,
	 * nor of a reader who was erased. Whoever comes then was counted before, or nobody
	 * can tell: only the event counts.
	 */
	boolean keeps(DeliveryKey delivery) {
		return this.jdbc.sql("""
				SELECT (SELECT COUNT(*) FROM issue WHERE id = :issue AND events_purged_at IS NOT NULL)
				     + (SELECT COUNT(*) FROM subscriber WHERE id = :subscriber AND erased_at IS NOT NULL)
				""")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.query(Integer.class)
			.single() == 0;
	}

	private boolean insert(DeliveryKey delivery, EngagementKind kind, Actor actor, Instant now) {
		return this.jdbc.sql("""
				INSERT IGNORE INTO engagement (issue_id, subscriber_id, kind, actor, events, first_at)
				VALUES (:issue, :subscriber, :kind, :actor, 1, :now)
				""")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("kind", kind.name())
			.param("actor", actor.name())
			.param("now", Utc.of(now))
			.update() == 1;
	}

	private void countAgain(DeliveryKey delivery, EngagementKind kind, Actor actor) {
		this.jdbc.sql("""
				UPDATE engagement SET events = events + 1
				WHERE issue_id = :issue AND subscriber_id = :subscriber AND kind = :kind AND actor = :actor
				""")
			.param("issue", delivery.issueId())
			.param("subscriber", delivery.subscriberId())
			.param("kind", kind.name())
			.param("actor", actor.name())
			.update();
	}

	private void add(int issueId, EngagementKind kind, Actor actor, int readers, Instant now) {
		this.jdbc.sql("""
				INSERT INTO engagement_count (issue_id, kind, actor, readers, events)
				VALUES (:issue, :kind, :actor, :readers, 1)
				ON DUPLICATE KEY UPDATE readers = readers + VALUES(readers), events = events + 1
				""")
			.param("issue", issueId)
			.param("kind", kind.name())
			.param("actor", actor.name())
			.param("readers", readers)
			.update();
		this.times.add(issueId, kind, actor, readers, now);
	}

	/** Of one issue; empty where nothing was recorded. */
	public List<Count> of(int issueId) {
		return of(List.of(issueId)).getOrDefault(issueId, List.of());
	}

	/** By issue; those of which nothing was recorded are left out. */
	public Map<Integer, List<Count>> of(Collection<Integer> issueIds) {
		Map<Integer, List<Count>> counts = new HashMap<>();
		if (!issueIds.isEmpty()) {
			this.jdbc.sql("""
					SELECT issue_id, kind, actor, readers, events FROM engagement_count WHERE issue_id IN (:issues)
					ORDER BY issue_id, kind, actor
					""").param("issues", issueIds).query((row) -> {
				counts.computeIfAbsent(row.getInt("issue_id"), (issue) -> new ArrayList<>())
					.add(new Count(EngagementKind.valueOf(row.getString("kind")), Actor.valueOf(row.getString("actor")),
							row.getInt("readers"), row.getInt("events")));
			});
		}
		return counts;
	}

	/** What one reader did with which issue. */
	public List<ByReader> ofSubscriber(int subscriberId) {
		return this.jdbc.sql("""
				SELECT issue_id, kind, actor, events FROM engagement WHERE subscriber_id = :subscriber
				ORDER BY issue_id, kind, actor
				""")
			.param("subscriber", subscriberId)
			.query((row, n) -> new ByReader(row.getInt("issue_id"), EngagementKind.valueOf(row.getString("kind")),
					Actor.valueOf(row.getString("actor")), row.getInt("events")))
			.list();
	}

	public record ByReader(int issueId, EngagementKind kind, Actor actor, int events) {
	}

	/**
	 * @param readers different ones; 0 where totals only are counted
	 * @param events all, however often one reader came
	 */
	public record Count(EngagementKind kind, Actor actor, int readers, int events) {

		/** Readers, or events where nobody knows whose they are. */
		public int figure() {
			return (this.readers > 0) ? this.readers : this.events;
		}

	}

}
