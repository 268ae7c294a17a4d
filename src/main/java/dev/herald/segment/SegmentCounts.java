package dev.herald.segment;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many are in a segment now. Thread-safe. */
@Component
public class SegmentCounts {

	/** A page that follows what is typed must not hold the database up. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final JdbcClient jdbc;

	private final SegmentSqls sqls;

	private final Clock clock;

	@Autowired
	SegmentCounts(DataSource dataSource, SegmentSqls sqls, Clock clock) {
		this(dataSource, sqls, clock, PATIENCE);
	}

	/**
	 * @param patience in whole seconds
	 */
	SegmentCounts(DataSource dataSource, SegmentSqls sqls, Clock clock, Duration patience) {
		JdbcTemplate bounded = new JdbcTemplate(dataSource);
		bounded.setQueryTimeout((int) patience.toSeconds());
		this.jdbc = JdbcClient.create(bounded);
		this.sqls = sqls;
		this.clock = clock;
	}

	/**
	 * Active subscriptions; suppressions and pauses are not looked at.
	 * @return empty where it could not be counted within five seconds
	 * @throws Problem when the tree names a provider that there is none of
	 */
	public Optional<Integer> count(Newsletter newsletter, Tree tree) {
		SegmentSql sql = this.sqls.of(tree, newsletter.id(), this.clock.instant());
		try {
			return this.jdbc
				.sql("SELECT COUNT(*) FROM subscription p"
						+ (sql.asksSubscriber() ? " JOIN subscriber s ON s.id = p.subscriber_id" : "")
						+ " WHERE p.newsletter_id = :newsletter AND p.state = 'ACTIVE' AND " + sql.condition())
				.param("newsletter", newsletter.id())
				.params(sql.values())
				.query(Integer.class)
				.optional();
		}
		catch (QueryTimeoutException ex) {
			return Optional.empty();
		}
	}

}
