package dev.herald.delivery;

import dev.herald.check.IssueCheck;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.segment.Segment;
import dev.herald.settings.Installation;
import dev.herald.smtp.Relays;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What was approved is what goes out: the version of the issue is pinned by the send, and
 * all else that shapes the mail (templates, words, the newsletter, the base URL) by the
 * fingerprint of the compiled issue. Thread-safe.
 */
@Component
class Approval {

	private final SendStore store;

	private final Issues issues;

	private final Newsletters newsletters;

	/** Asked for when something is to be sent: reading sends needs no template engine. */
	private final ObjectProvider<IssueCompiler> compiler;

	private final Relays relays;

	private final Installation installation;

	Approval(SendStore store, Issues issues, Newsletters newsletters, ObjectProvider<IssueCompiler> compiler,
			Relays relays, Installation installation) {
		this.store = store;
		this.issues = issues;
		this.newsletters = newsletters;
		this.compiler = compiler;
		this.relays = relays;
		this.installation = installation;
	}

	/** Whether sends from here are rehearsals: no relay is set. */
	boolean rehearsing() {
		return !this.relays.present();
	}

	/**
	 * @throws Problem when a relay is set and readers could not follow the links
	 */
	void checkBaseUrl() {
		if (rehearsing() || this.installation.reachable() || this.installation.allowLocalBaseUrl()) {
			return;
		}
		throw Problem.work(Sentence.of("delivery.base-url", this.installation.baseUrl().toString()));
	}

	/**
	 * What somebody approves now.
	 * @return the fingerprint to pin
	 * @throws Problem when the issue does not render
	 */
	String of(int issueId, int versionId) {
		return this.compiler.getObject().compile(this.issues.source(versionId), newsletter(issueId)).fingerprint();
	}

	/**
	 * @throws Problem when the issue does not render
	 */
	Review review(Issue issue) {
		return review(issue.id(), issue.versionId());
	}

	/**
	 * @throws Problem when the issue does not render
	 */
	Review review(int issueId, int versionId) {
		IssueSource source = this.issues.source(versionId);
		Newsletter newsletter = newsletter(issueId);
		CompiledIssue compiled = this.compiler.getObject().compile(source, newsletter);
		return new Review(source.fileName(), compiled.fingerprint(), IssueCheck.of(source, newsletter, compiled));
	}

	/**
	 * What somebody approves now, for a first send: later ones go on with what some
	 * readers have already.
	 * @return the fingerprint to pin
	 * @throws Problem when the issue does not render, or its check finds errors
	 */
	String checked(Issue issue) {
		return withoutErrors(issue).fingerprint();
	}

	/**
	 * The same, by somebody who has seen its warnings.
	 * @param seen the fingerprint that they were shown with
	 * @throws Problem also when there are others now, or they were not shown
	 */
	String confirmed(Issue issue, String seen) {
		Review review = withoutErrors(issue);
		if (!review.warnings().isEmpty() && !review.fingerprint().equals(seen)) {
			throw Problem
				.work(Sentence.of(seen.isEmpty() ? "delivery.unconfirmed" : "delivery.confirmed-other", issue.slug()));
		}
		return review.fingerprint();
	}

	/**
	 * Whether somebody else than who asks for a send has to approve it. What a second
	 * person approved once, the same version in the same form to the same audience, needs
	 * no other approval.
	 * @param segment null: all
	 */
	boolean needsSecondPerson(int issueId, int versionId, String fingerprint, @Nullable Segment segment) {
		return !rehearsing() && newsletter(issueId).approval()
				&& !this.store.isApproved(issueId, versionId, fingerprint, segment);
	}

	/**
	 * The same of a resend: whoever it goes to was in an audience that was approved.
	 */
	boolean resendNeedsSecondPerson(int issueId, int versionId, String fingerprint) {
		return !rehearsing() && newsletter(issueId).approval()
				&& !this.store.isApproved(issueId, versionId, fingerprint);
	}

	/**
	 * What a second person approves.
	 * @param seen the fingerprint of what was shown to them
	 * @throws Problem when that is not what would go out now, or it does not render
	 */
	String bySecondPerson(Send send, String seen) {
		String now = of(send.issueId(), send.versionId());
		if (!now.equals(seen)) {
			throw Problem.work(Sentence.of("delivery.approve.changed"));
		}
		return now;
	}

	private Review withoutErrors(Issue issue) {
		Review review = review(issue);
		if (!review.errors().isEmpty()) {
			throw Problem.work(Sentence.of("delivery.errors", issue.slug(), Sentence.join("delivery.lines",
					review.errors().stream().map((finding) -> finding.in(review.fileName())).toList())));
		}
		return review;
	}

	private Newsletter newsletter(int issueId) {
		return this.newsletters.byId(this.issues.byId(issueId).newsletterId());
	}

	/**
	 * By the owner of a send, before anything of it leaves. The send is held where the
	 * issue, as it compiles now, is not the one that was approved.
	 * @throws Problem with the reason of the hold
	 */
	void require(Send send, String owner, CompiledIssue compiled) {
		String approved = this.store.fingerprint(send.id());
		if (approved.isEmpty() || approved.equals(compiled.fingerprint())) {
			return;
		}
		Sentence reason = Sentence.of("delivery.hold.changed");
		this.store.holdForApproval(send.id(), owner, reason);
		throw Problem.work(reason);
	}

}
