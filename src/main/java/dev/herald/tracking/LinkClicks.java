package dev.herald.tracking;

import java.time.Clock;
import java.util.List;

import dev.herald.digest.Sha256;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records which link of an issue was followed, and adds it up in the same transaction. A
 * link is where it leads: the same target at two places of an issue is one. Thread-safe.
 */
@Component
public class LinkClicks {

	/** In characters; of a longer target the beginning is kept. */
	private static final int LONGEST = 2_000;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Engagements engagements;

	private final Clock clock;

	LinkClicks(JdbcClient jdbc, TransactionTemplate transactions, Engagements engagements, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.engagements = engagements;
		this.clock = clock;
	}

	/**
	 * Once for each event; it counts among the {@link Engagements} as well.
	 * @param target where the link leads, as it stands in the mail's HTML
	 */
	public void record(DeliveryKey delivery, String target, Actor actor) {
		String link = sha256(target);
		this.transactions.executeWithoutResult((status) -> {
			this.engagements.record(delivery, EngagementKind.CLICK, actor);
			boolean kept = this.engagements.keeps(delivery);
			boolean first = kept && insert(delivery, link, actor);
			if (kept && !first) {
				countAgain(delivery, link, actor);
			}
			add(delivery.issueId(), link, target, actor, first ? 1 : 0);
		});
	}

	/** Once for each event of a newsletter that counts totals only: it has no reader. */
	void recordOfNobody(int issueId, String target, Actor actor) {
		this.transactions.executeWithoutResult((status) -> {
			this.engagements.recordOfNobody(issueId, EngagementKind.CLICK, actor);
			add(issueId, sha256(target), target, actor, 0);
		});
	}

	private boolean insert(DeliveryKey delivery, String link, Actor actor) {
		return this.jdbc.sql("""
				INSERT IGNORE INTO link_click (issue_id, link_sha256, subscriber_id, actor, events, first_at)
				VALUES (:issue, :link, :subscriber, :actor, 1, :now)
				""")
			.param("issue", delivery.issueId())
			.param("link", link)
			.param("subscriber", delivery.subscriberId())
			.param("actor", actor.name())
			.param("now", Utc.of(this.clock.instant()))
			.update() == 1;
	}

	private void countAgain(DeliveryKey delivery, String link, Actor actor) {
		this.jdbc.sql("""
				UPDATE link_click SET events = events + 1 WHERE issue_id = :issue AND link_sha256 = :link
				AND subscriber_id = :subscriber AND actor = :actor
				""")
			.param("issue", delivery.issueId())
			.param("link", link)
			.param("subscriber", delivery.subscriberId())
			.param("actor", actor.name())
			.update();
	}

	private void add(int issueId, String link, String target, Actor actor, int readers) {
		this.jdbc.sql("""
				INSERT INTO link_count (issue_id, link_sha256, actor, target, readers, events)
				VALUES (:issue, :link, :actor, :target, :readers, 1)
				ON DUPLICATE KEY UPDATE readers = readers + VALUES(readers), events = events + 1
				""")
			.param("issue", issueId)
			.param("link", link)
			.param("actor", actor.name())
			.param("target", kept(target))
			.param("readers", readers)
			.update();
	}

	/** Not half a character at its end: a database refuses that. */
	private static String kept(String target) {
		if (target.length() <= LONGEST) {
			return target;
		}
		return target.substring(0, Character.isHighSurrogate(target.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
	}

	/** Names a link among the others of its issue. */
	public static String sha256(String target) {
		return Sha256.hex(target);
	}

	/** Of one issue; empty where nothing was recorded. */
	public List<Count> of(int issueId) {
		return this.jdbc.sql("""
				SELECT link_sha256, actor, target, readers, events FROM link_count WHERE issue_id = :issue
				ORDER BY readers DESC, link_sha256, actor
				""")
			.param("issue", issueId)
			.query((row, n) -> new Count(row.getString("link_sha256"), row.getString("target"),
					Actor.valueOf(row.getString("actor")), row.getInt("readers"), row.getInt("events")))
			.list();
	}

	/**
	 * @param link as {@link #sha256} names it
	 * @param target where it leads; may be shortened
	 * @param readers different ones; 0 where totals only are counted
	 * @param events all, however often one reader came
	 */
	public record Count(String link, String target, Actor actor, int readers, int events) {

		/** Readers, or events where nobody knows whose they are. */
		public int figure() {
			return (this.readers > 0) ? this.readers : this.events;
		}

	}

}
