package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people decide about sends that are planned or under way: approve, move, pause,
 * resume, cancel. Works from any process, whichever one delivers. Thread-safe.
 */
@Component
public class SendDecisions {

	private final SendStore store;

	private final SendChanges changes;

	private final Sends sends;

	private final SendTasks tasks;

	private final Approval approval;

	private final StoppedSends stopped;

	/** Known where sends can be worked on; {@link #expiring} needs them. */
	private final ObjectProvider<CurrentSettings> settings;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SendDecisions(SendStore store, SendChanges changes, Sends sends, SendTasks tasks, Approval approval,
			StoppedSends stopped, ObjectProvider<CurrentSettings> settings, JdbcClient jdbc,
			TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.changes = changes;
		this.sends = sends;
		this.tasks = tasks;
		this.approval = approval;
		this.stopped = stopped;
		this.settings = settings;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Holds a send that is scheduled or under way. No further delivery is claimed; those
	 * in flight end as they end, and are recorded.
	 * @param who the account
	 * @return false where it is held already, or over
	 */
	public boolean pause(int sendId, String who) {
		return pauseFor(sendId, who);
	}

	/**
	 * The same by somebody without an account.
	 * @param who in words
	 */
	public boolean pause(int sendId, Sentence who) {
		return pauseFor(sendId, who);
	}

	private boolean pauseFor(int sendId, Object who) {
		return recorded(Action.SEND_PAUSED, sendId,
				() -> this.changes.pause(sendId, Sentence.of("delivery.hold.paused", who)));
	}

	/**
	 * A person decides that a held send goes on, now or at its time. Where it waits for
	 * an approval, this approves what is there now.
	 * @return false where it is not held
	 * @throws Problem when it waits for an approval and does not render, or for that of a
	 * second person
	 */
	public boolean resume(int sendId) {
		return resume(sendId, Duration.ZERO);
	}

	/**
	 * The same, and leaves time to take that back: of a send that has not begun nothing
	 * leaves before the undo window is over.
	 */
	public boolean resumeUnlessUndone(int sendId) {
		return resume(sendId, this.sends.undoWindow());
	}

	private boolean resume(int sendId, Duration window) {
		refuseUnapproved(sendId);
		String approved = approved(sendId);
		Instant earliest = this.clock.instant().plus(window);
		return recorded(approved.isEmpty() ? Action.SEND_RESUMED : Action.SEND_APPROVED, sendId,
				() -> scheduled(sendId, this.changes.release(sendId, approved, earliest)));
	}

	private void refuseUnapproved(int sendId) {
		if (this.store.find(sendId).filter(Send::awaitsApproval).isPresent()) {
			throw Problem.work(Sentence.of("delivery.resume.unapproved"));
		}
	}

	/**
	 * A second person approves what another asked for, as it was shown to them. It is due
	 * at its time, but not before the undo window is over.
	 * @param who the account
	 * @param seen the fingerprint of what was shown
	 * @return false where it does not wait for that (any more)
	 * @throws Problem when who asked for it approves it, or it is not what was shown
	 */
	public boolean approve(int sendId, String who, String seen) {
		Send send = this.sends.byId(sendId);
		if (!send.awaitsApproval()) {
			return false;
		}
		if (who.equals(send.requestedBy())) {
			throw Problem.work(Sentence.of("delivery.approve.own"));
		}
		String approved = this.approval.bySecondPerson(send, seen);
		Instant earliest = this.clock.instant().plus(this.sends.undoWindow());
		return recorded(Action.SEND_APPROVED, sendId,
				() -> scheduled(sendId, this.changes.approve(sendId, who, approved, earliest)));
	}

	/**
	 * Gives a send that has not begun another time. Who approved it need not do so again:
	 * what goes out is the same.
	 * @return false where it has begun, or is over
	 */
	public boolean move(int sendId, SendPlan plan) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			Send before = this.sends.byId(sendId);
			boolean moved = this.changes.move(sendId,
					this.sends.dueAt(before.issueId(), plan, this.store.tree(sendId).orElse(null)), plan.zone(),
					plan.localAt());
			if (moved) {
				Send after = this.sends.byId(sendId);
				if (after.status() == SendStatus.SCHEDULED) {
					this.tasks.schedule(sendId, after.dueAt());
				}
				this.events.publishEvent(Change.of(Action.SEND_MOVED, this.store.subject(sendId))
					.with("due", before.dueAt(), after.dueAt())
					.with("zone", before.zone(), after.zone())
					.with("local", before.localAt(), after.localAt()));
			}
			return moved;
		}));
	}

	/** Puts what goes on on the schedule of the servers. */
	private boolean scheduled(int sendId, boolean goesOn) {
		if (goesOn && this.sends.byId(sendId).status() == SendStatus.SCHEDULED) {
			this.tasks.schedule(sendId, dueAt(sendId));
		}
		return goesOn;
	}

	private String approved(int sendId) {
		Optional<Send> send = this.store.find(sendId).filter((found) -> found.status() == SendStatus.HELD);
		return (send.isPresent() && this.store.fingerprint(sendId).isEmpty())
				? this.approval.of(send.get().issueId(), send.get().versionId()) : "";
	}

	private Instant dueAt(int sendId) {
		Instant now = this.clock.instant();
		return this.store.find(sendId).map(Send::dueAt).filter((due) -> due.isAfter(now)).orElse(now);
	}

	/**
	 * How many deliveries of a send are past their deadline: they expire, and are not
	 * sent, when it goes on.
	 */
	public int expiring(int sendId) {
		Instant oldest = this.clock.instant().minus(this.settings.getObject().send().deadline());
		return this.jdbc
			.sql("SELECT COUNT(*) FROM delivery WHERE send_id = :send AND state IN (0, 3) AND due_at < :oldest")
			.param("send", sendId)
			.param("oldest", LedgerTime.of(oldest))
			.query(Integer.class)
			.single();
	}

	/**
	 * Ends a send for good. What was not tried becomes CANCELLED; what is in flight ends
	 * as it ends.
	 * @param who the account
	 * @return false where it is over already
	 */
	public boolean cancel(int sendId, String who) {
		return cancelFor(sendId, who);
	}

	/**
	 * The same by somebody without an account.
	 * @param who in words
	 */
	public boolean cancel(int sendId, Sentence who) {
		return cancelFor(sendId, who);
	}

	private boolean cancelFor(int sendId, Object who) {
		boolean cancelled = recorded(Action.SEND_CANCELLED, sendId,
				() -> this.changes.cancel(sendId, HoldReason.cancelledBy(who)));
		this.stopped.settle();
		return cancelled;
	}

	/**
	 * Ends a send, and leaves time to take that back: nothing leaves meanwhile, and what
	 * was not tried becomes CANCELLED once the undo window is over. One that has not
	 * begun ends at once; it can be asked for again.
	 * @param who the account
	 * @return false where it is over already, or being cancelled
	 */
	public boolean cancelUnlessUndone(int sendId, String who) {
		Duration window = this.sends.undoWindow();
		if (window.isZero()) {
			return cancel(sendId, who);
		}
		return recorded(Action.SEND_CANCELLED, sendId,
				() -> this.changes.cancelUnbegun(sendId, HoldReason.cancelledBy(who))
						|| this.changes.cancelLater(sendId, who, this.clock.instant().plus(window)));
	}

	/**
	 * Takes a cancelling back: the send goes on, or is held again if it was.
	 * @return false where it is too late
	 */
	public boolean takeCancellingBack(int sendId) {
		return recorded(Action.SEND_RESUMED, sendId, () -> scheduled(sendId, this.changes.takeCancellingBack(sendId)));
	}

	/** A decision that came too late is none, and is not recorded. */
	private boolean recorded(Action action, int sendId, BooleanSupplier decision) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			Optional<SendStatus> before = this.store.find(sendId).map(Send::status);
			boolean decided = decision.getAsBoolean();
			if (decided) {
				this.events.publishEvent(Change.of(action, this.store.subject(sendId))
					.with("status", before.orElse(null), this.store.find(sendId).map(Send::status).orElse(null)));
			}
			return decided;
		}));
	}

}
