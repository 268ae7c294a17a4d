package dev.herald.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The sends that this process works on now, by id: how the steps of a job find theirs.
 * When the context closes it is the first to stop: no delivery is claimed any more, and
 * those in flight end while relay and database are still there, bounded by
 * spring.lifecycle.timeout-per-shutdown-phase. Thread-safe.
 */
@Component
class ActiveSends implements SmartLifecycle {

	private static final long LOOK_MILLIS = 50;

	private final Map<Integer, ActiveSend> active = new ConcurrentHashMap<>();

	private final CountDownLatch closing = new CountDownLatch(1);

	private volatile boolean running;

	/**
	 * @return false where this process works on it already, or is closing
	 */
	boolean add(ActiveSend send) {
		return !isClosing() && this.active.putIfAbsent(send.send().id(), send) == null;
	}

	void remove(ActiveSend send) {
		this.active.remove(send.send().id(), send);
	}

	ActiveSend require(int sendId) {
		ActiveSend send = this.active.get(sendId);
		if (send == null) {
			throw new IllegalStateException("Send " + sendId
					+ " is not owned by this process: the job send-issue is started by SendRunner alone");
		}
		return send;
	}

	/** For people: 3, or 3, 4. */
	String ids() {
		return this.active.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
	}

	boolean isClosing() {
		return this.closing.getCount() == 0;
	}

	/**
	 * @return false when the process closes before the time is over
	 */
	boolean pause(Duration time) {
		try {
			return !this.closing.await(Math.max(time.toMillis(), 0), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		Thread waiting = new Thread(() -> {
			stop();
			callback.run();
		}, "send-shutdown");
		waiting.setDaemon(true);
		waiting.start();
	}

	@Override
	public void stop() {
		this.closing.countDown();
		this.active.values().forEach(ActiveSend::stop);
		try {
			while (!this.active.isEmpty()) {
				TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
