package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.segment.Segment;
import dev.herald.segment.Tree;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends: asked for, scheduled, listed. Thread-safe. */
@Component
public class Sends {

	/**
	 * A rehearsal goes to files on this machine: it is for looking at, not for mailing a
	 * list.
	 */
	static final int MOST_REHEARSED = 2_000;

	private final SendStore store;

	private final AudienceFreeze freeze;

	private final ResendList list;

	private final LocalTimes localTimes;

	private final SendTasks tasks;

	private final Approval approval;

	private final Continuity continuity;

	private final UndoSettings undo;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Sends(SendStore store, AudienceFreeze freeze, ResendList list, LocalTimes localTimes, SendTasks tasks,
			Approval approval, Continuity continuity, UndoSettings undo, TransactionTemplate transactions,
			ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.freeze = freeze;
		this.list = list;
		this.localTimes = localTimes;
		this.tasks = tasks;
		this.approval = approval;
		this.continuity = continuity;
		this.undo = undo;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * What a person has to know before a send is asked for.
	 * @throws Problem when the issue does not render
	 */
	public Review review(Issue issue) {
		return this.approval.review(issue);
	}

	/**
	 * What a person has to know before they approve a send that another asked for: of the
	 * version that it pins.
	 * @throws Problem when the issue does not render
	 */
	public Review review(Send send) {
		return this.approval.review(send.issueId(), send.versionId());
	}

	/**
	 * Whether what was reviewed waits for a second person, once it is asked for.
	 * @param segment null: to all
	 */
	public boolean needsSecondPerson(Issue issue, Review review, @Nullable Segment segment) {
		return this.approval.needsSecondPerson(issue.id(), issue.versionId(), review.fingerprint(), segment);
	}

	/** How long a decision on a page can be taken back; zero: not at all. */
	public Duration undoWindow() {
		return this.undo.window();
	}

	/**
	 * Asks for a delivery, by somebody who has seen what the check warns of.
	 * @param seen the fingerprint of the review that was shown; empty where none was
	 * @throws Problem as without it, and when there are warnings that nobody has seen
	 */
	public Send schedule(Issue issue, SendPlan plan, String requestedBy, String seen) {
		return schedule(issue, plan, requestedBy, () -> this.approval.confirmed(issue, seen));
	}

	/**
	 * Asks for a delivery of the issue's current version to all active subscribers, with
	 * whatever the check warns of. It survives a restart.
	 * @param dueAt now or earlier starts it at once
	 * @param requestedBy the account, or "command line"
	 * @throws Problem when a send of this issue is under way, the base URL can't be used
	 * with a relay, a rehearsal is too large, nobody would get it, the issue does not
	 * render, or its check finds errors
	 */
	public Send schedule(Issue issue, Instant dueAt, ZoneId zone, String requestedBy) {
		return schedule(issue, SendPlan.at(dueAt, zone), requestedBy, () -> this.approval.checked(issue));
	}

	private Send schedule(Issue issue, SendPlan plan, String requestedBy, Supplier<String> approved) {
		this.approval.checkBaseUrl();
		Segment segment = plan.segment();
		checkAudience(issue, segment);
		String fingerprint = approved.get();
		boolean held = this.approval.needsSecondPerson(issue.id(), issue.versionId(), fingerprint, segment);
		this.continuity.check();
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.store.lockForNewSend(issue);
			Instant due = dueAt(issue.id(), plan, Segment.treeOf(segment));
			int id = this.store.insert(new NewSend(issue.id(), issue.versionId(), fingerprint, rehearsing(), due,
					plan.zone(), plan.localAt(), segment, held, requestedBy, Set.of()));
			if (!held) {
				this.tasks.schedule(id, due);
			}
			this.events.publishEvent(Change.of(Action.SEND_SCHEDULED, this.store.subject(id))
				.with("due", due)
				.with("zone", plan.zone())
				.with("local", plan.localAt())
				.with("segment", (segment != null) ? segment.key() : null)
				.with("version", issue.versionId())
				.with("rehearsal", rehearsing())
				.with("needsApproval", held ? true : null));
			return byId(id);
		}));
	}

	/**
	 * The time of its first delivery, but not before it can no longer be undone.
	 * @param tree null: to all
	 */
	Instant dueAt(int issueId, SendPlan plan, @Nullable Tree tree) {
		Instant now = this.clock.instant();
		Instant earliest = plan.undoable() ? now.plus(this.undo.window()) : now;
		Instant due = (plan.localAt() != null) ? this.localTimes.first(issueId, plan.localAt(), plan.zone(), tree)
				: plan.dueAt();
		return due.isBefore(earliest) ? earliest : due;
	}

	private void checkAudience(Issue issue, @Nullable Segment segment) {
		Send.Audience audience = preview(issue, segment);
		if (audience.recipients() == 0) {
			throw Problem
				.work(Sentence.of((audience.alreadyInLedger() > 0) ? "delivery.nobody.resend" : "delivery.nobody",
						issue.slug(), audience.subscriptions(), audience.exclusions()));
		}
		if (rehearsing() && audience.recipients() > MOST_REHEARSED) {
			throw Problem.work(Sentence.of("delivery.rehearsal-large", MOST_REHEARSED, audience.recipients()));
		}
	}

	/**
	 * What a send asked for now would do.
	 * @param segment null: to all
	 */
	public Send.Audience preview(Issue issue, @Nullable Segment segment) {
		return this.freeze.preview(issue.newsletterId(), issue.id(), Segment.treeOf(segment));
	}

	/**
	 * What a send that was asked for would do now, to the segment or the list as it was
	 * then.
	 */
	public Send.Audience audienceNow(Issue issue, Send send) {
		if (send.isResend()) {
			return this.list.audience(send.id(), issue);
		}
		return this.freeze.preview(issue.newsletterId(), issue.id(), this.store.tree(send.id()).orElse(null));
	}

	/**
	 * The segment that a send was asked for with, as it was then; empty: it goes to all.
	 */
	public Optional<Tree> treeOf(Send send) {
		return this.store.tree(send.id());
	}

	/** Whether sends from here are rehearsals: no relay is set. */
	public boolean rehearsing() {
		return this.approval.rehearsing();
	}

	/**
	 * @throws Problem when there is none
	 */
	public Send byId(int sendId) {
		return this.store.find(sendId).orElseThrow(() -> Problem.usage(Sentence.of("delivery.unknown", sendId)));
	}

	public Optional<Send> latest(int issueId) {
		return ofIssue(issueId).stream().findFirst();
	}

	/** There is at most one. */
	public Optional<Send> unfinishedOf(int issueId) {
		return ofIssue(issueId).stream().filter((send) -> send.status().isUnfinished()).findFirst();
	}

	/** Newest first. */
	public List<Send> ofIssue(int issueId) {
		return this.store.ofIssue(issueId);
	}

	/**
	 * What is planned for a span of time or went out in it, of all newsletters, by time;
	 * what was cancelled before it began is left out.
	 * @param to exclusive
	 */
	public List<Send> between(Instant from, Instant to) {
		return this.store.between(from, to);
	}

	/**
	 * Scheduled, running, waiting and held sends of all newsletters, by due time.
	 */
	public List<Send> unfinished() {
		return this.store.unfinished();
	}

}
