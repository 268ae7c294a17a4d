package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.problem.Problem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people decide about sends that are under way: pause, resume, cancel. Works from
 * any process, whichever one delivers. Thread-safe.
 */
@Component
public class SendDecisions {

	private final SendStore store;

	private final SendTasks tasks;

	private final Approval approval;

	private final StoppedSends stopped;

	/** Known where sends can be worked on; {@link #expiring} needs them. */
	private final ObjectProvider<CurrentSettings> settings;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SendDecisions(SendStore store, SendTasks tasks, Approval approval, StoppedSends stopped,
			ObjectProvider<CurrentSettings> settings, JdbcClient jdbc, TransactionTemplate transactions,
			ApplicationEventPublisher events, Clock clock) {
		this.store = store;
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
	 * @param who the account, or the user of the command line
	 * @return false where it is held already, or over
	 */
	public boolean pause(int sendId, String who) {
		return recorded(Action.SEND_PAUSED, sendId, () -> this.store.pause(sendId, "Paused by " + who));
	}

	/**
	 * A person decides that a held send goes on. Where it waits for an approval, this
	 * approves what is there now.
	 * @return false where it is not held
	 * @throws Problem when it waits for an approval and does not render
	 */
	public boolean resume(int sendId) {
		String approved = approved(sendId);
		return recorded(approved.isEmpty() ? Action.SEND_RESUMED : Action.SEND_APPROVED, sendId, () -> {
			boolean released = this.store.release(sendId, approved);
			if (released) {
				this.tasks.schedule(sendId, dueAt(sendId));
			}
			return released;
		});
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
	 * @param who the account, or the user of the command line
	 * @return false where it is over already
	 */
	public boolean cancel(int sendId, String who) {
		boolean cancelled = recorded(Action.SEND_CANCELLED, sendId,
				() -> this.store.cancel(sendId, "Cancelled by " + who));
		this.stopped.settle();
		return cancelled;
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
