package dev.herald;

import com.github.kagkarlsson.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the scheduler when everything else is up; stops it after the sends were told to
 * stop.
 */
final class SchedulerLifecycle implements SmartLifecycle {

	/**
	 * Below SmartLifecycle's default, so that it is stopped one phase after the sends.
	 */
	private static final int PHASE = DEFAULT_PHASE - 10_000;

	private final Scheduler scheduler;

	private volatile boolean running;

	SchedulerLifecycle(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Override
	public void start() {
		this.scheduler.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.scheduler.stop();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
