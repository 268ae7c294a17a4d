package dev.herald.delivery;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps saying that this process lives while it works on a send. Whoever is silent for
 * the length of a lease is taken for dead, and its send may be continued by another
 * process; so the loser stops before that time is over. Compares clocks of machines: they
 * must agree to a few seconds. Thread-safe.
 */
@Component
class Leases implements DisposableBean {

	static final Duration LENGTH = Duration.ofSeconds(15);

	private static final Duration BEAT = Duration.ofSeconds(3);

	/** One beat before the lease ends. */
	private static final Duration PATIENCE = LENGTH.minus(BEAT);

	private static final Logger logger = LoggerFactory.getLogger(Leases.class);

	private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "send-lease");
		thread.setDaemon(true);
		return thread;
	});

	private final SendStore store;

	private final Continuity continuity;

	Leases(SendStore store, Continuity continuity) {
		this.store = store;
		this.continuity = continuity;
	}

	/**
	 * Keeps the lease of a send until it is ended; stops the send when it can't.
	 */
	Lease keep(ActiveSend active) {
		Beat beat = new Beat(active);
		ScheduledFuture<?> future = this.beats.scheduleAtFixedRate(beat, BEAT.toMillis(), BEAT.toMillis(),
				TimeUnit.MILLISECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public void destroy() {
		this.beats.shutdownNow();
	}

	/** A lease that is being kept. */
	interface Lease {

		void end();

	}

	private final class Beat implements Runnable {

		private final ActiveSend active;

		private long lastKept = System.nanoTime();

		Beat(ActiveSend active) {
			this.active = active;
		}

		@Override
		public void run() {
			long now = System.nanoTime();
			try {
				if (Leases.this.store.extend(this.active.send().id(), this.active.owner(), LENGTH)) {
					this.lastKept = now;
					Leases.this.continuity.beat();
				}
				else {
					logger.warn("Send {} is no longer owned by this process; it stops here", this.active.send().id());
					this.active.stop();
				}
			}
			catch (DataAccessException ex) {
				if (now - this.lastKept > PATIENCE.toNanos()) {
					logger.warn("Send {} stops here: the database did not take a sign of life for {} s",
							this.active.send().id(), PATIENCE.toSeconds());
					this.active.stop();
				}
			}
		}

	}

}
