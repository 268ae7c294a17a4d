package dev.herald.delivery;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.herald.schema.DatabaseThread;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/**
 * Keeps saying that this process lives while it works on a send. Whoever is silent for
 * the length of a lease is taken for dead, and its send may be continued by another
 * process; every claim asks anew whether the send is still ours, so the loser sends
 * nothing more even where it does not know yet. Compares clocks of machines: they must
 * agree to a few seconds. Thread-safe.
 */
@NeedsBatch
@Component
class Leases implements DisposableBean {

	/** Beyond a beat, until every other process has counted this one. */
	private static final Duration NOTICE = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(Leases.class);

	private final ScheduledExecutorService beats = DatabaseThread.named("send-lease");

	private final SendStore store;

	private final Traffic traffic;

	private final Routes routes;

	private final Continuity continuity;

	private final DeliveryProperties properties;

	Leases(SendStore store, Traffic traffic, Routes routes, Continuity continuity, DeliveryProperties properties) {
		this.store = store;
		this.continuity = continuity;
		this.traffic = traffic;
		this.routes = routes;
		this.properties = properties;
	}

	Duration length() {
		return this.properties.lease();
	}

	/**
	 * Keeps the lease of a send until it is ended; stops the send when it is another's.
	 * Where other processes send too, it waits until they have made room in their limits.
	 */
	Lease keep(ActiveSend active) {
		long millis = this.properties.beat().toMillis();
		ScheduledFuture<?> future = this.beats.scheduleAtFixedRate(() -> beat(active), millis, millis,
				TimeUnit.MILLISECONDS);
		if (shareLimits() > 1) {
			active.pause(this.properties.beat().plus(NOTICE));
		}
		return () -> future.cancel(false);
	}

	private void beat(ActiveSend active) {
		try {
			boolean ours = this.store.extend(active.send().id(), active.owner(), length());
			boolean running = this.store.isRunning(active.send().id());
			if (ours && running) {
				this.continuity.beat();
			}
			else {
				// A send that has just ended is nobody's, which is no reason to warn.
				if (running) {
					logger.warn("Send {} is no longer owned by this process; it stops here", active.send().id());
				}
				active.stop();
			}
			shareLimits();
		}
		catch (NestedRuntimeException ex) {
			// The database is away: nothing can be claimed meanwhile, by whomever.
			logger.debug("No sign of life this time", ex);
		}
	}

	/** Limits are the installation's: each process that sends takes its part. */
	private int shareLimits() {
		int processes = Math.max(1, this.store.liveOwners());
		this.traffic.share(processes);
		this.routes.share(processes);
		return processes;
	}

	@Override
	public void destroy() {
		DatabaseThread.end(this.beats);
	}

	/** A lease that is being kept. */
	interface Lease {

		void end();

	}

}
