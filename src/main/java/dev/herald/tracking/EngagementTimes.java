package dev.herald.tracking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When opens and clicks happened, added up in the transaction that records them: by the
 * minute around the start of the send, then by the hour, then by the day. So an issue has
 * some hundred spans a kind and an actor in a week, and one more a day from then on.
 * Spans begin with the minute, the hour or the day of UTC, and longer ones are made of
 * whole shorter ones. Thread-safe.
 */
@Component
public class EngagementTimes {

	/** As long after the start of the send, and before it, minutes are told apart. */
	static final Duration BY_MINUTE = Duration.ofHours(6);

	/** Likewise hours. */
	static final Duration BY_HOUR = Duration.ofDays(7);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DAY = Duration.ofDays(1);

	private final JdbcClient jdbc;

	EngagementTimes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Within the transaction that records the event. */
	void add(int issueId, EngagementKind kind, Actor actor, int readers, Instant at) {
		Duration span = span(begin(issueId).map((begin) -> Duration.between(begin, at)).orElse(BY_HOUR));
		this.jdbc.sql("""
				INSERT INTO engagement_time (issue_id, kind, actor, begun_at, seconds, readers, events)
				VALUES (:issue, :kind, :actor, :begun, :seconds, :readers, 1)
				ON DUPLICATE KEY UPDATE readers = readers + VALUES(readers), events = events + 1
				""")
			.param("issue", issueId)
			.param("kind", kind.name())
			.param("actor", actor.name())
			.param("begun", floor(at, span).getEpochSecond())
			.param("seconds", span.toSeconds())
			.param("readers", readers)
			.update();
	}

	/** Of an issue that was never sent nobody asks for more than the day. */
	static Duration span(Duration age) {
		Duration distance = age.abs();
		if (distance.compareTo(BY_MINUTE) < 0) {
			return MINUTE;
		}
		return (distance.compareTo(BY_HOUR) < 0) ? HOUR : DAY;
	}

	/** The first second of the span of UTC that an instant is in. */
	public static Instant floor(Instant at, Duration span) {
		return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), span.toSeconds()) * span.toSeconds());
	}

	/**
	 * When the first send of an issue began or is to begin; a rehearsal only where there
	 * is none for real. Empty for an issue without a send, and where nothing left.
	 */
	public Optional<Instant> begin(int issueId) {
		return this.jdbc.sql("""
				SELECT COALESCE(MIN(CASE WHEN rehearsal = 0 THEN COALESCE(started_at, due_at) END),
				                MIN(COALESCE(started_at, due_at))) AS begun
				FROM send WHERE issue_id = :issue AND (status <> 'CANCELLED' OR recipients > 0)
				""")
			.param("issue", issueId)
			.query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "begun")))
			.single();
	}

	/** All spans of an issue, by time. */
	public List<Span> of(int issueId) {
		return this.jdbc.sql("""
				SELECT kind, actor, begun_at, seconds, readers, events FROM engagement_time WHERE issue_id = :issue
				ORDER BY begun_at, seconds, kind, actor
				""").param("issue", issueId).query(EngagementTimes::read).list();
	}

	/**
	 * From one instant up to another, added up to spans of one length; those in which
	 * nothing happened are left out.
	 * @param from the beginning of such a span
	 */
	public List<Span> of(int issueId, Instant from, Instant to, Duration length) {
		return this.jdbc
			.sql("""
					SELECT kind, actor, bar_at AS begun_at, :length AS seconds, SUM(readers) AS readers, SUM(events) AS events
					FROM (SELECT kind, actor, begun_at - MOD(begun_at, :length) AS bar_at, readers, events
					      FROM engagement_time WHERE issue_id = :issue AND begun_at >= :from AND begun_at < :to) f
					GROUP BY kind, actor, bar_at
					""")
			.param("issue", issueId)
			.param("from", from.getEpochSecond())
			.param("to", to.getEpochSecond())
			.param("length", length.toSeconds())
			.query(EngagementTimes::read)
			.list();
	}

	private static Span read(ResultSet row, int number) throws SQLException {
		return new Span(EngagementKind.valueOf(row.getString("kind")), Actor.valueOf(row.getString("actor")),
				Instant.ofEpochSecond(row.getLong("begun_at")), Duration.ofSeconds(row.getLong("seconds")),
				row.getInt("readers"), row.getInt("events"));
	}

	/**
	 * What people had done with an issue by some instant. Of a span that it falls into
	 * counts as much as had passed of it.
	 * @param ofReaders how many did it; else how often it was done
	 */
	public Map<EngagementKind, Double> byPeople(int issueId, Instant until, boolean ofReaders) {
		Map<EngagementKind, Double> done = new HashMap<>();
		this.jdbc.sql("""
				SELECT kind, SUM(readers * LEAST(1, (:until - begun_at) * 1.0 / seconds)) AS readers,
				SUM(events * LEAST(1, (:until - begun_at) * 1.0 / seconds)) AS events
				FROM engagement_time WHERE issue_id = :issue AND actor = 'HUMAN' AND begun_at < :until GROUP BY kind
				""").param("issue", issueId).param("until", until.getEpochSecond()).query((row) -> {
			done.put(EngagementKind.valueOf(row.getString("kind")), row.getDouble(ofReaders ? "readers" : "events"));
		});
		return done;
	}

	/**
	 * Holds the times against the sums of the issue, and against who first did what on
	 * which day as far as that is still on record: a purge or an erasure takes records
	 * away, and no figures.
	 * @return whether they agree: unless somebody wrote to the tables by hand, they do
	 */
	public boolean areExact(int issueId) {
		int differ = this.jdbc.sql("""
				SELECT COUNT(*) FROM (
				    SELECT kind, actor, SUM(readers) AS readers, SUM(events) AS events FROM (
				        SELECT kind, actor, readers, events FROM engagement_count WHERE issue_id = :issue
				        UNION ALL
				        SELECT kind, actor, -readers, -events FROM engagement_time WHERE issue_id = :issue) f
				    GROUP BY kind, actor) d
				WHERE readers <> 0 OR events <> 0
				""").param("issue", issueId).query(Integer.class).single();
		return differ == 0 && noDayHasMoreRecordsThanFigures(issueId);
	}

	private boolean noDayHasMoreRecordsThanFigures(int issueId) {
		Map<String, Integer> left = new HashMap<>();
		of(issueId).forEach((span) -> left.merge(key(span.kind().name(), span.actor().name(), span.at()),
				span.readers(), Integer::sum));
		this.jdbc.sql("""
				SELECT kind, actor, MIN(first_at) AS first_at, COUNT(*) AS readers FROM engagement
				WHERE issue_id = :issue GROUP BY kind, actor, CAST(first_at AS DATE)
				""").param("issue", issueId).query((row) -> {
			left.merge(key(row.getString("kind"), row.getString("actor"), Utc.read(row, "first_at")),
					-row.getInt("readers"), Integer::sum);
		});
		return left.values().stream().allMatch((readers) -> readers >= 0);
	}

	private static String key(String kind, String actor, Instant at) {
		return kind + " " + actor + " " + floor(at, DAY);
	}

	/**
	 * @param at its first second
	 * @param length a minute, an hour or a day, unless asked for otherwise
	 * @param readers who did it for the first time; 0 where totals only are counted
	 */
	public record Span(EngagementKind kind, Actor actor, Instant at, Duration length, int readers, int events) {
	}

}
