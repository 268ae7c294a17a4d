package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.herald.issue.Issue;

/** Sends: asked for, scheduled, listed. Thread-safe. */
public class Sends {

	/**
	 * Asks for a delivery of the issue's current version to all active subscribers. It
	 * survives a restart.
	 * @param dueAt now or earlier starts it at once
	 * @param requestedBy the account, or "command line"
	 * @throws dev.herald.problem.Problem when a send of this issue is under way, the base
	 * URL can't be used with a relay, a rehearsal is too large, or the issue does not
	 * render
	 */
	public Send schedule(Issue issue, Instant dueAt, ZoneId zone, String requestedBy) {
		throw new UnsupportedOperationException();
	}

	/** What a send asked for now would do. */
	public Send.Audience preview(Issue issue) {
		throw new UnsupportedOperationException();
	}

	/** Takes back a send that has not started. @return false where it has */
	public boolean cancelScheduled(int sendId) {
		throw new UnsupportedOperationException();
	}

	/** Whether sends from here are rehearsals: no relay is set. */
	public boolean rehearsing() {
		throw new UnsupportedOperationException();
	}

	public Send byId(int sendId) {
		throw new UnsupportedOperationException();
	}

	public Optional<Send> latest(int issueId) {
		throw new UnsupportedOperationException();
	}

	/** Newest first. */
	public List<Send> ofIssue(int issueId) {
		throw new UnsupportedOperationException();
	}

	/** Scheduled, running, waiting and held sends of all newsletters, by due time. */
	public List<Send> unfinished() {
		throw new UnsupportedOperationException();
	}

}
