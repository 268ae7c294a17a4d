package dev.herald.cli;

import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Starts nothing until the context is told to start: Spring makes even lazy beans with a
 * life cycle when a context comes up, and again when it goes down, and with them the
 * whole send job.
 */
final class StartedOnDemand extends DefaultLifecycleProcessor {

	private volatile boolean started;

	@Override
	public void onRefresh() {
		// On demand only.
	}

	@Override
	public void start() {
		this.started = true;
		super.start();
	}

	@Override
	public void onClose() {
		if (this.started) {
			super.onClose();
		}
	}

}
