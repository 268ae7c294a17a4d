package dev.herald.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.herald.render.CompiledIssue;
import dev.herald.smtp.RelaySettings;
import org.jspecify.annotations.Nullable;

/**
 * A send that this process works on now: what its workers share, and the word to stop.
 * Thread-safe.
 */
final class ActiveSend {

	private final Send send;

	private final String owner;

	private final CompiledIssue issue;

	private final RelaySettings relay;

	private final SendStore store;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final AtomicReference<@Nullable String> hold = new AtomicReference<>();

	/**
	 * The reason that the send's row gives for waiting; empty while the relay answers.
	 */
	private volatile String told = "";

	ActiveSend(Send send, String owner, CompiledIssue issue, RelaySettings relay, SendStore store) {
		this.send = send;
		this.owner = owner;
		this.issue = issue;
		this.relay = relay;
		this.store = store;
	}

	Send send() {
		return this.send;
	}

	String owner() {
		return this.owner;
	}

	CompiledIssue issue() {
		return this.issue;
	}

	RelaySettings relay() {
		return this.relay;
	}

	/** No further delivery is claimed; those in flight end as they end. */
	void stop() {
		this.stopped.countDown();
	}

	/** Stops, and leaves the send to a person. The first reason counts. */
	void hold(String reason) {
		this.hold.compareAndSet(null, reason);
		stop();
	}

	@Nullable String holdReason() {
		return this.hold.get();
	}

	boolean mustStop() {
		return this.stopped.getCount() == 0;
	}

	/**
	 * @return false when the word to stop came before the time was over
	 */
	boolean pause(Duration time) {
		try {
			return !this.stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			stop();
			return false;
		}
	}

	/** Says why nothing leaves; once for each new reason, however many workers see it. */
	synchronized void waiting(String reason) {
		if (!reason.equals(this.told)) {
			this.told = reason;
			this.store.tell(this.send.id(), this.owner, SendStatus.WAITING, reason);
		}
	}

	/** The relay answers again. */
	void running() {
		if (!this.told.isEmpty()) {
			answersAgain();
		}
	}

	private synchronized void answersAgain() {
		if (!this.told.isEmpty()) {
			this.told = "";
			this.store.tell(this.send.id(), this.owner, SendStatus.RUNNING, "");
		}
	}

}
