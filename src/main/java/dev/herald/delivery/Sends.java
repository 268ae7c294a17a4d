package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

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

	private final SendTasks tasks;

	private final Approval approval;

	private final Continuity continuity;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Sends(SendStore store, AudienceFreeze freeze, SendTasks tasks, Approval approval, Continuity continuity,
			TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.freeze = freeze;
		this.tasks = tasks;
		this.approval = approval;
		this.continuity = continuity;
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
	 * Asks for a delivery, by somebody who has seen what the check warns of.
	 * @param seen the fingerprint of the review that was shown; empty where none was
	 * @throws Problem as without it, and when there are warnings that nobody has seen
	 */
	public Send schedule(Issue issue, Instant dueAt, ZoneId zone, String requestedBy, String seen) {
		return schedule(issue, dueAt, zone, requestedBy, () -> this.approval.confirmed(issue, seen));
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
		return schedule(issue, dueAt, zone, requestedBy, () -> this.approval.checked(issue));
	}

	private Send schedule(Issue issue, Instant dueAt, ZoneId zone, String requestedBy, Supplier<String> approved) {
		this.approval.checkBaseUrl();
		checkAudience(issue);
		String fingerprint = approved.get();
		this.continuity.check();
		Instant now = this.clock.instant();
		Instant due = dueAt.isBefore(now) ? now : dueAt;
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.store.lockForNewSend(issue);
			int id = this.store.insert(issue.id(), issue.versionId(), fingerprint, rehearsing(), due, zone,
					requestedBy);
			this.tasks.schedule(id, due);
			this.events.publishEvent(Change.of(Action.SEND_SCHEDULED, this.store.subject(id))
				.with("due", due)
				.with("zone", zone)
				.with("version", issue.versionId())
				.with("rehearsal", rehearsing()));
			return byId(id);
		}));
	}

	private void checkAudience(Issue issue) {
		Send.Audience audience = preview(issue);
		if (audience.recipients() == 0) {
			throw Problem.work(Sentence.of(
					(audience.alreadyInLedger() > 0) ? "delivery.nobody.resend" : "delivery.nobody", issue.slug(),
					audience.subscriptions(), audience.exclusions()));
		}
		if (rehearsing() && audience.recipients() > MOST_REHEARSED) {
			throw Problem.work(Sentence.of("delivery.rehearsal-large", MOST_REHEARSED, audience.recipients()));
		}
	}

	/** What a send asked for now would do. */
	public Send.Audience preview(Issue issue) {
		return this.freeze.preview(issue.newsletterId(), issue.id());
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
	 * Scheduled, running, waiting and held sends of all newsletters, by due time.
	 */
	public List<Send> unfinished() {
		return this.store.unfinished();
	}

}
