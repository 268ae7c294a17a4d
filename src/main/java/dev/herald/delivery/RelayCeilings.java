package dev.herald.delivery;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.herald.pacing.WarmUp;
import dev.herald.settings.NeedsBatch;
import dev.herald.smtp.Relays;
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

	private static final Logger logger = LoggerFactory.getLogger(RelayCeilings.class);

	private final Map<String, Ceiling> byRelay = new ConcurrentHashMap<>();

	private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "relay-ceilings");
		thread.setDaemon(true);
		return thread;
	});

	private final @Nullable ScheduledFuture<?> keeping;

	private final JdbcClient jdbc;

	private final Clock clock;

	RelayCeilings(JdbcClient jdbc, SendSettings settings, Relays relays, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		if (relays.all().size() > 1) {
			relays.all()
				.forEach((relay) -> settings.pacing()
					.warmUpOf(relay.name())
					.ifPresent((plan) -> this.byRelay.put(relay.name(), new Ceiling(relay.name(), plan))));
		}
		this.keeping = this.byRelay.isEmpty() ? null
				: this.keeper.scheduleWithFixedDelay(this::keepAll, 0, 1, TimeUnit.SECONDS);
	}

	/** Null where the relay may carry as much as it can. */
	@Nullable Ceiling of(String relay) {
		return this.byRelay.get(relay);
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
		if (this.keeping != null) {
			this.keeping.cancel(false);
			this.keeper.shutdown();
			keepAll();
		}
	}

	/** The ceiling of one relay. */
	final class Ceiling {

		private final String relay;

		private final WarmUp plan;

		private LocalDate day = LocalDate.EPOCH;

		/** Of all processes, as of the last look; unknown before the first. */
		private long carried;

		private int unsaved;

		Ceiling(String relay, WarmUp plan) {
			this.relay = relay;
			this.plan = plan;
		}

		/** Whether it has carried what it may today. True too while that is not known. */
		synchronized boolean isReached() {
			LocalDate today = today();
			return !today.equals(this.day) || this.carried + this.unsaved >= this.plan.ceiling(today);
		}

		synchronized void count() {
			this.unsaved++;
		}

		private synchronized void keep() {
			LocalDate today = today();
			RelayCeilings.this.jdbc.sql("""
					INSERT INTO relay_day (relay, carried_on, messages) VALUES (:relay, :day, :messages)
					ON DUPLICATE KEY UPDATE messages = messages + VALUES(messages)
					""").param("relay", this.relay).param("day", today).param("messages", this.unsaved).update();
			this.unsaved = 0;
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
