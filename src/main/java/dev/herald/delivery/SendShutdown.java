package dev.herald.delivery;

import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;

/**
 * Stops claiming when the context closes, and waits for what is in flight; bounded by
 * spring.lifecycle.timeout-per-shutdown-phase.
 */
final class SendShutdown implements SmartLifecycle {

	private static final long LOOK_MILLIS = 50;

	private final SendRunner runner;

	private volatile boolean running;

	SendShutdown(SendRunner runner) {
		this.runner = runner;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		this.runner.shutDown();
		Thread waiting = new Thread(() -> {
			awaitIdle();
			this.running = false;
			callback.run();
		}, "send-shutdown");
		waiting.setDaemon(true);
		waiting.start();
	}

	private void awaitIdle() {
		try {
			while (!this.runner.idle()) {
				TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		this.runner.shutDown();
		awaitIdle();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
