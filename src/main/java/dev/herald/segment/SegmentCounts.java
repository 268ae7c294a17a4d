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

	private final DataSource dataSource;

	private final SegmentSqls sqls;

	private final Clock clock;

	private final Duration patience;

	@Autowired
	SegmentCounts(DataSource dataSource, SegmentSqls sqls, Clock clock) {
		this(dataSource, sqls, clock, PATIENCE);
	}

	/**
	 * @param patience with all statements of a count; the last may take a second longer
	 */
	SegmentCounts(DataSource dataSource, SegmentSqls sqls, Clock clock, Duration patience) {
		this.dataSource = dataSource;
		this.sqls = sqls;
		this.clock = clock;
		this.patience = patience;
	}

	/**
	 * Active subscriptions; suppressions and pauses are not looked at.
	 * @return empty where it could not be counted within five seconds
	 * @throws Problem when the tree names a provider that there is none of
	 */
	public Optional<Integer> count(Newsletter newsletter, Tree tree) {
		TreeSql.Compiled compiled = this.sqls.compile(tree, newsletter.id(), this.clock.instant());
		long begun = System.nanoTime();
		try {
			return Optional.of(new MemberCount(compiled, () -> bounded(begun)).of(newsletter.id()));
		}
		catch (QueryTimeoutException ex) {
			return Optional.empty();
		}
	}

	private JdbcClient bounded(long begun) {
		Duration left = this.patience.minusNanos(System.nanoTime() - begun);
		if (left.isNegative()) {
			throw new QueryTimeoutException("The statements before took all the time");
		}
		JdbcTemplate bounded = new JdbcTemplate(this.dataSource);
		bounded.setQueryTimeout((int) left.toSeconds() + 1);
		return JdbcClient.create(bounded);
	}

}
