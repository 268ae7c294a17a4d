package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people decide about single deliveries: to try those again that were not accepted,
 * and what became of the uncertain ones. First a selection is shown, then it is acted on,
 * and only if it is still the same. Thread-safe.
 */
@Component
public class Resends {

	private final SendStore store;

	private final SelectionScan scan;

	private final ResendList list;

	private final Approval approval;

	private final Continuity continuity;

	private final StoppedSends stopped;

	private final SendFigures figures;

	private final SendTasks tasks;

	private final UndoSettings undo;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Resends(SendStore store, SelectionScan scan, ResendList list, Approval approval, Continuity continuity,
			StoppedSends stopped, SendFigures figures, SendTasks tasks, UndoSettings undo, JdbcClient jdbc,
			TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.scan = scan;
		this.list = list;
		this.approval = approval;
		this.continuity = continuity;
		this.stopped = stopped;
		this.figures = figures;
		this.tasks = tasks;
		this.undo = undo;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Deliveries that certainly reached nobody.
	 * @throws Problem for states in which a reader has the issue, may have it, or will
	 * still get it
	 */
	public Selection select(Issue issue, Set<DeliveryState> states) {
		for (DeliveryState state : states) {
			refuse(issue, state);
		}
		if (states.isEmpty()) {
			throw Problem.usage(Sentence.of("delivery.resend.states"));
		}
		this.stopped.settle();
		return this.scan.select(issue, EnumSet.copyOf(states));
	}

	private static void refuse(Issue issue, DeliveryState state) {
		switch (state) {
			case REJECTED, EXPIRED, CANCELLED, SKIPPED -> {
			}
			case ACCEPTED -> throw Problem.usage(Sentence.of("delivery.resend.accepted"));
			case UNCERTAIN -> throw Problem.usage(Sentence.of("delivery.resend.uncertain", issue.slug()));
			case READY, SENDING, DEFERRED -> throw Problem
				.usage(Sentence.of("delivery.resend.unfinished", Sentence.of("delivery.state." + state), issue.slug()));
		}
	}

	/**
	 * Deliveries that began and of which no answer is known.
	 * @throws Problem while a process works on a send of the issue, which may still get
	 * their answers
	 */
	public Selection selectUncertain(Issue issue) {
		this.stopped.settle();
		refuseRunning(issue);
		return this.scan.select(issue, EnumSet.of(DeliveryState.UNCERTAIN));
	}

	private void refuseRunning(Issue issue) {
		for (Send send : this.store.ofIssue(issue.id())) {
			boolean running = send.status() == SendStatus.RUNNING || send.status() == SendStatus.WAITING
					|| this.store.livingOwner(send.id()).isPresent();
			if (running) {
				throw Problem.work(Sentence.of("delivery.undecided", send.id(), issue.slug(), send.status().inWords()));
			}
		}
	}

	/** The addresses that would get it again. */
	public void eachRecipient(Selection selection, Consumer<EmailAddress> action) {
		this.scan.each(selection.issue(), selection.states(), (row) -> {
			if (row.consent() == Selection.Consent.RECIPIENT) {
				action.accept(row.address());
			}
		});
	}

	/** All addresses, those excluded from a send too. */
	public void each(Selection selection, Consumer<EmailAddress> action) {
		this.scan.each(selection.issue(), selection.states(), (row) -> action.accept(row.address()));
	}

	/**
	 * A page of them, recipients and excluded, at most limit.
	 * @param after the subscriber id that the page before ended with; 0 for the first
	 */
	public List<Selection.Row> page(Selection selection, int after, int limit) {
		return this.scan.page(selection.issue(), selection.states(), after, limit);
	}

	/** The versions of the issue that they were to get, by their ids. */
	public List<Integer> versions(Selection selection) {
		return previous(selection, "issue_version_id");
	}

	/**
	 * A new send to the recipients of the selection alone, which takes their rows of the
	 * ledger over as it begins. That is at once, or once a second person has approved it.
	 * @param currentVersion of the issue, not the one that their sends had
	 * @throws Problem when the list is not the same any more, a send of the issue is
	 * unfinished, or what {@link Sends#schedule} refuses
	 */
	public Send send(Selection selection, boolean currentVersion, String requestedBy) {
		return send(selection, currentVersion, requestedBy, Duration.ZERO);
	}

	/**
	 * The same, but not before it can no longer be undone: whoever cancels it within the
	 * undo window leaves every delivery as it was.
	 */
	public Send sendUnlessUndone(Selection selection, boolean currentVersion, String requestedBy) {
		return send(selection, currentVersion, requestedBy, this.undo.window());
	}

	private Send send(Selection selection, boolean currentVersion, String requestedBy, Duration window) {
		Issue issue = selection.issue();
		this.approval.checkBaseUrl();
		if (selection.recipients() == 0) {
			throw Problem.work(Sentence.of("delivery.resend.nobody", selection.deliveries(), selection.exclusions()));
		}
		checkKind(selection);
		int versionId = currentVersion ? issue.versionId() : versionOf(selection);
		String fingerprint = this.approval.of(issue.id(), versionId);
		boolean held = this.approval.resendNeedsSecondPerson(issue.id(), versionId, fingerprint);
		this.continuity.check();
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.store.lockForNewSend(issue);
			requireSame(selection);
			Instant due = this.clock.instant().plus(window);
			int id = this.store.insert(new NewSend(issue.id(), versionId, fingerprint, this.approval.rehearsing(), due,
					ZoneId.systemDefault(), null, null, held, requestedBy, selection.states()));
			if (!this.list.write(selection, id)) {
				throw changed();
			}
			if (!held) {
				this.tasks.schedule(id, due);
			}
			this.events.publishEvent(Change.of(Action.SEND_RESENT, this.store.subject(id))
				.with("states", selection.states())
				.with("recipients", selection.recipients())
				.with("version", versionId));
			return this.store.find(id).orElseThrow();
		}));
	}

	/**
	 * A rehearsal is no send, and a send no rehearsal: rows don't go from one to the
	 * other.
	 */
	private void checkKind(Selection selection) {
		boolean rehearsing = this.approval.rehearsing();
		if (previous(selection, "rehearsal").contains(rehearsing ? 0 : 1)) {
			throw Problem.work(rehearsing ? Sentence.of("delivery.resend.no-relay")
					: Sentence.of("delivery.resend.rehearsal", selection.issue().slug()));
		}
	}

	private int versionOf(Selection selection) {
		List<Integer> versions = versions(selection);
		if (versions.isEmpty()) {
			throw changed();
		}
		if (versions.size() > 1) {
			throw Problem.work(Sentence.of("delivery.resend.versions", versions.size()));
		}
		return versions.get(0);
	}

	/** Of the sends that the selected deliveries belong to. */
	private List<Integer> previous(Selection selection, String column) {
		return this.jdbc.sql("SELECT DISTINCT o." + column + """
				 FROM send o WHERE o.issue_id = :issue
				AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = o.id AND d.state IN (:states))
				""")
			.param("issue", selection.issue().id())
			.param("states", codes(selection))
			.query(Integer.class)
			.list();
	}

	private void requireSame(Selection selection) {
		if (!this.scan.select(selection.issue(), selection.states()).equals(selection)) {
			throw changed();
		}
	}

	private static Problem changed() {
		return Problem.work(Sentence.of("delivery.resend.changed"));
	}

	/**
	 * Takes the uncertain deliveries of the selection for accepted.
	 * @return how many they were
	 * @throws Problem as {@link #selectUncertain}, and when the list is not the same any
	 * more
	 */
	public int accept(Selection selection) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			refuseRunning(selection.issue());
			requireSame(selection);
			int accepted = this.jdbc
				.sql("UPDATE delivery SET state = 2, changed_at = :now WHERE issue_id = :issue AND state = 5")
				.param("now", LedgerTime.of(this.clock.instant()))
				.param("issue", selection.issue().id())
				.update();
			if (accepted != selection.deliveries()) {
				throw changed();
			}
			this.events.publishEvent(Change.of(Action.DELIVERIES_RESOLVED, selection.issue().slug())
				.with("state", DeliveryState.UNCERTAIN, DeliveryState.ACCEPTED)
				.with("deliveries", accepted));
			this.figures.throwAway(selection.issue().id());
			return accepted;
		}));
	}

	private static List<Integer> codes(Selection selection) {
		return selection.states().stream().map(DeliveryState::code).toList();
	}

}
