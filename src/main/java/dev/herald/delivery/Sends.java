package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.render.IssueCompiler;
import dev.herald.settings.Installation;
import dev.herald.smtp.RelaySettings;

import org.springframework.beans.factory.ObjectProvider;
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

	private final Issues issues;

	private final Newsletters newsletters;

	/** Asked for when something is to be sent: reading sends needs no template engine. */
	private final ObjectProvider<IssueCompiler> compiler;

	private final RelaySettings relay;

	private final Installation installation;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Sends(SendStore store, AudienceFreeze freeze, SendTasks tasks, Issues issues, Newsletters newsletters,
			ObjectProvider<IssueCompiler> compiler, RelaySettings relay, Installation installation,
			TransactionTemplate transactions, Clock clock) {
		this.store = store;
		this.freeze = freeze;
		this.tasks = tasks;
		this.issues = issues;
		this.newsletters = newsletters;
		this.compiler = compiler;
		this.relay = relay;
		this.installation = installation;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Asks for a delivery of the issue's current version to all active subscribers. It
	 * survives a restart.
	 * @param dueAt now or earlier starts it at once
	 * @param requestedBy the account, or "command line"
	 * @throws Problem when a send of this issue is under way, the base URL can't be used
	 * with a relay, a rehearsal is too large, nobody would get it, or the issue does not
	 * render
	 */
	public Send schedule(Issue issue, Instant dueAt, ZoneId zone, String requestedBy) {
		checkBaseUrl();
		checkAudience(issue);
		this.compiler.getObject()
			.compile(this.issues.source(issue.versionId()), this.newsletters.byId(issue.newsletterId()));
		Instant now = this.clock.instant();
		Instant due = dueAt.isBefore(now) ? now : dueAt;
		return this.transactions.execute((status) -> {
			this.store.lockIssue(issue.id());
			refuseSecond(issue);
			int id = this.store.insert(issue.id(), issue.versionId(), rehearsing(), due, zone, requestedBy);
			this.tasks.schedule(id, due);
			return byId(id);
		});
	}

	private void checkBaseUrl() {
		if (rehearsing() || this.installation.reachable() || this.installation.allowLocalBaseUrl()) {
			return;
		}
		throw Problem.work(
				"Not sent: herald.base-url is %s, and readers could not follow an unsubscribe link that begins so. Set it to the https address of this installation; to try a relay on this machine, set herald.allow-local-base-url=true."
					.formatted(this.installation.baseUrl()));
	}

	private void checkAudience(Issue issue) {
		Send.Audience audience = preview(issue);
		if (audience.recipients() == 0) {
			throw Problem.work("Not sent: %s has nobody to send it to. Of %,d subscriptions %s.".formatted(issue.slug(),
					audience.subscriptions(), audience.exclusions()));
		}
		if (rehearsing() && audience.recipients() > MOST_REHEARSED) {
			throw Problem.work(
					"Not sent: no relay is set (spring.mail.host), so this would be a rehearsal, and a rehearsal takes %,d recipients at most; this one has %,d."
						.formatted(MOST_REHEARSED, audience.recipients()));
		}
	}

	private void refuseSecond(Issue issue) {
		for (Send send : this.store.ofIssue(issue.id())) {
			if (send.status().isUnfinished()) {
				throw Problem.work("Not started: a send of %s is under way already (%s, asked for by %s)."
					.formatted(issue.slug(), send.status().inWords(), send.requestedBy()));
			}
		}
	}

	/** What a send asked for now would do. */
	public Send.Audience preview(Issue issue) {
		return this.freeze.preview(issue.newsletterId(), issue.id());
	}

	/** Takes back a send that has not started. @return false where it has */
	public boolean cancelScheduled(int sendId) {
		return this.store.cancelScheduled(sendId);
	}

	/** A person decides that a held send goes on. @return false where it is not held */
	public boolean release(int sendId) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean released = this.store.release(sendId);
			if (released) {
				this.tasks.schedule(sendId, this.clock.instant());
			}
			return released;
		}));
	}

	/** Whether sends from here are rehearsals: no relay is set. */
	public boolean rehearsing() {
		return !this.relay.present();
	}

	/**
	 * @throws Problem when there is none
	 */
	public Send byId(int sendId) {
		return this.store.find(sendId).orElseThrow(() -> Problem.usage("There is no send %d.".formatted(sendId)));
	}

	public Optional<Send> latest(int issueId) {
		return ofIssue(issueId).stream().findFirst();
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
