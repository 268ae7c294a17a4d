package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.herald.pacing.Brake;
import dev.herald.pacing.PacingSettings;
import dev.herald.problem.Sentence;
import dev.herald.render.CompiledIssue;
import dev.herald.smtp.SendOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A send that this process works on now: what its workers share, and the word to stop.
 * Thread-safe.
 */
final class ActiveSend {

	private final Send send;

	private final String owner;

	private final int newsletterId;

	private final CompiledIssue issue;

	private final CurrentSettings settings;

	private PacingSettings.BrakeSettings brakeSettings;

	private Brake brake;

	private final SendStore store;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final AtomicReference<@Nullable Sentence> hold = new AtomicReference<>();

	/**
	 * The reason that the send's row gives for waiting; null while the relay answers.
	 */
	private volatile @Nullable Sentence told;

	ActiveSend(Send send, String owner, int newsletterId, CompiledIssue issue, CurrentSettings settings,
			SendStore store) {
		this.send = send;
		this.owner = owner;
		this.newsletterId = newsletterId;
		this.issue = issue;
		this.settings = settings;
		this.brakeSettings = settings.send().pacing().brake();
		this.brake = new Brake(this.brakeSettings);
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

	int newsletterId() {
		return this.newsletterId;
	}

	/** What was due earlier is past its deadline. */
	Instant dueSince(Instant now) {
		return now.minus(this.settings.send().deadline());
	}

	/** A brake that is set anew forgets what was answered before. */
	private synchronized Brake brake() {
		PacingSettings.BrakeSettings now = this.settings.send().pacing().brake();
		if (!now.equals(this.brakeSettings)) {
			this.brakeSettings = now;
			this.brake = new Brake(now);
		}
		return this.brake;
	}

	void accepted() {
		brake().accepted().ifPresent(this::hold);
	}

	/** Too many of them, or the same again and again, stop the send. */
	void rejected(SendOutcome.Rejected rejected) {
		Optional<Sentence> reason = (rejected.stage() == SendOutcome.Stage.CONTENT)
				? brake().rejectedAfterData(rejected.reply().likeness()) : brake().rejected();
		reason.ifPresent(this::hold);
	}

	/** No further delivery is claimed; those in flight end as they end. */
	void stop() {
		this.stopped.countDown();
	}

	/** Stops, and leaves the send to a person. The first reason counts. */
	void hold(Sentence reason) {
		this.hold.compareAndSet(null, reason);
		stop();
	}

	@Nullable Sentence holdReason() {
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
	synchronized void waiting(Sentence reason) {
		if (!reason.equals(this.told)) {
			this.told = reason;
			this.store.tell(this.send.id(), this.owner, SendStatus.WAITING, reason);
		}
	}

	/** The relay answers again. */
	void running() {
		if (this.told != null) {
			answersAgain();
		}
	}

	private synchronized void answersAgain() {
		if (this.told != null) {
			this.told = null;
			this.store.tell(this.send.id(), this.owner, SendStatus.RUNNING, null);
		}
	}

}
