package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.pacing.WarmUp;
import dev.herald.schema.DatabaseThread;
import dev.herald.settings.NeedsBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Daily ceilings of relays that are warmed up beside others: one that has carried its
 * day's number rests until midnight UTC, and the others carry the rest. The count is kept
 * in the database, so that it holds over restarts and for all processes together, which
 * hear of one another once a second. Thread-safe.
 */
@NeedsBatch
@Component
class RelayCeilings implements DisposableBean {

	private static final Duration EVERY = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(RelayCeilings.class);

	private final Map<String, Ceiling> byRelay = new ConcurrentHashMap<>();

	private final ScheduledExecutorService keeper = DatabaseThread.named("relay-ceilings");

	private final JdbcClient jdbc;

	private final CurrentSettings settings;

	private final Clock clock;

	RelayCeilings(JdbcClient jdbc, CurrentSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
		DatabaseThread.repeat(this.keeper, this::keepAll, EVERY);
	}

	/** Counts what the relay carries, and says when it is enough for the day. */
	Ceiling of(String relay) {
		Ceiling ceiling = this.byRelay.computeIfAbsent(relay, Ceiling::new);
		keep(ceiling);
		return ceiling;
	}

	private void keepAll() {
		this.byRelay.values().forEach(this::keep);
	}

	private void keep(Ceiling ceiling) {
		try {
			ceiling.keep();
		}
		catch (NestedRuntimeException ex) {
			// What is not written now is written with the next second's.
			logger.debug("Not kept this time", ex);
		}
	}

	@Override
	public void destroy() {
		DatabaseThread.end(this.keeper);
		keepAll();
	}

	/** The ceiling of one relay; without a plan it has none, and counts all the same. */
	final class Ceiling {

		private final String relay;

		private final AtomicInteger unsaved = new AtomicInteger();

		private volatile LocalDate day = LocalDate.EPOCH;

		/** Of all processes, as of the last look; unknown before the first. */
		private volatile long carried;

		Ceiling(String relay) {
			this.relay = relay;
		}

		/** Whether it has carried what it may today. True too while that is not known. */
		boolean isReached() {
			WarmUp plan = plan();
			if (plan == null) {
				return false;
			}
			LocalDate today = today();
			return !today.equals(this.day) || this.carried + this.unsaved.get() >= plan.ceiling(today);
		}

		/** One relay alone has no ceiling: its sends are spread over the days. */
		private @Nullable WarmUp plan() {
			CurrentSettings settings = RelayCeilings.this.settings;
			return (settings.relays().all().size() > 1) ? settings.send().pacing().warmUpOf(this.relay).orElse(null)
					: null;
		}

		/** Waits for nothing: a message is on its way. */
		void count() {
			this.unsaved.incrementAndGet();
		}

		private synchronized void keep() {
			LocalDate today = today();
			int messages = this.unsaved.get();
			if (messages == 0 && plan() == null) {
				return;
			}
			RelayCeilings.this.jdbc.sql("""
					INSERT INTO relay_day (relay, carried_on, messages) VALUES (:relay, :day, :messages)
					ON DUPLICATE KEY UPDATE messages = messages + VALUES(messages)
					""").param("relay", this.relay).param("day", today).param("messages", messages).update();
			// In this order: seen in between, too much is counted and never too little.
			this.carried = this.carried + messages;
			this.unsaved.addAndGet(-messages);
			this.carried = RelayCeilings.this.jdbc
				.sql("SELECT messages FROM relay_day WHERE relay = :relay AND carried_on = :day")
				.param("relay", this.relay)
				.param("day", today)
				.query(Long.class)
				.single();
			this.day = today;
		}

		private LocalDate today() {
			return LocalDate.ofInstant(RelayCeilings.this.clock.instant(), ZoneOffset.UTC);
		}

	}

	/**
	 * What relays that are all being warmed up may carry together, as one plan; null
	 * where one of them has no plan or is through with it today.
	 */
	static @Nullable WarmUp together(List<WarmUp> plans, int relays, LocalDate today) {
		if (plans.size() < relays) {
			return null;
		}
		List<Integer> sums = new ArrayList<>();
		for (LocalDate day = today; isLimited(plans, day); day = day.plusDays(1)) {
			LocalDate of = day;
			sums.add((int) plans.stream().mapToLong((plan) -> plan.ceiling(of)).sum());
		}
		return sums.isEmpty() ? null : new WarmUp("all relays", today, sums);
	}

	private static boolean isLimited(List<WarmUp> plans, LocalDate day) {
		return plans.stream().allMatch((plan) -> plan.ceiling(day) < Long.MAX_VALUE);
	}

}
