package dev.herald.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.herald.health.Condition.Area;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The database, and its clock against that of this machine. */
@Component
class DatabaseCheck {

	private static final Duration SLOW = Duration.ofMillis(500);

	/**
	 * Leases compare the clocks of machines, which must agree to a few seconds; the
	 * shortest lease is 2 s, the usual one 15 s.
	 */
	private static final Duration NOTABLE = Duration.ofSeconds(3);

	private static final Duration TOO_MUCH = Duration.ofSeconds(15);

	private final DataSource dataSource;

	private final JdbcClient jdbc;

	private final Clock clock;

	DatabaseCheck(DataSource dataSource, JdbcClient jdbc, Clock clock) {
		this.dataSource = dataSource;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** The first is that of the database itself. */
	List<Condition> look() {
		List<Condition> conditions = new ArrayList<>();
		long begun = System.nanoTime();
		try (Connection connection = this.dataSource.getConnection()) {
			if (!connection.isValid(5)) {
				return List.of(Condition.bad(Area.DATABASE, "health.database.silent"));
			}
			Duration took = Duration.ofNanos(System.nanoTime() - begun);
			String name = connection.getMetaData().getDatabaseProductName() + " "
					+ connection.getMetaData().getDatabaseProductVersion();
			conditions.add((took.compareTo(SLOW) > 0)
					? Condition.warning(Area.DATABASE, "health.database.slow", name, took.toMillis())
					: Condition.good(Area.DATABASE, "health.database.good", name, took.toMillis()));
		}
		catch (SQLException ex) {
			return List.of(Condition.bad(Area.DATABASE, "health.database.away", String.valueOf(ex.getMessage())));
		}
		conditions.add(clock(this.jdbc.sql("SELECT UNIX_TIMESTAMP()").query(Long.class).single()));
		return conditions;
	}

	/** It tells whole seconds. */
	private Condition clock(long seconds) {
		return clock(Duration.between(this.clock.instant(), Instant.ofEpochSecond(seconds).plusMillis(500)));
	}

	static Condition clock(Duration ahead) {
		long seconds = Math.round(ahead.toMillis() / 1000.0);
		if (ahead.abs().compareTo(NOTABLE) <= 0) {
			return Condition.good(Area.CLOCK, "health.clock.good");
		}
		return (ahead.abs().compareTo(TOO_MUCH) > 0) ? Condition.bad(Area.CLOCK, "health.clock.database", seconds)
				: Condition.warning(Area.CLOCK, "health.clock.database", seconds);
	}

}
