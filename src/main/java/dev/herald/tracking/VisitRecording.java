package dev.herald.tracking;

import java.util.List;

import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.MailVisits.Visit;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Records what was done with a mail, as far as its newsletter and its reader let it be
 * known now: whoever took back the consent is not tracked by mails from before either.
 * Thread-safe.
 */
@Component
class VisitRecording {

	private final Issues issues;

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	/** A server of readers' links alone has no ledger. */
	private final ObjectProvider<Acceptances> acceptances;

	private final IssueLinks links;

	private final Engagements engagements;

	private final LinkClicks clicks;

	VisitRecording(Issues issues, Newsletters newsletters, Subscriptions subscriptions,
			ObjectProvider<Acceptances> acceptances, IssueLinks links, Engagements engagements, LinkClicks clicks) {
		this.issues = issues;
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.acceptances = acceptances;
		this.links = links;
		this.engagements = engagements;
		this.clicks = clicks;
	}

	/**
	 * @param mail whose subscriber is 0 where it is the same for all
	 * @param visits of some seconds
	 */
	void record(DeliveryKey mail, List<Visit> visits) {
		TrackingMode mode = mode(mail);
		if (mode == TrackingMode.NONE) {
			return;
		}
		List<Rule> rules = Classifier.classify(about(mail), visits.stream().map(Visit::request).toList());
		for (int i = 0; i < visits.size(); i++) {
			Visit visit = visits.get(i);
			if (!visit.request().isTrap()) {
				record(mail, mode, visit, rules.get(i).actor());
			}
		}
	}

	/** The least of what the mail was written for, and what holds today. */
	private TrackingMode mode(DeliveryKey mail) {
		Newsletter newsletter = this.newsletters.byId(this.issues.byId(mail.issueId()).newsletterId());
		if (mail.subscriberId() == 0) {
			return newsletter.tracking().atMost(TrackingMode.TOTALS);
		}
		boolean consented = this.subscriptions.tracked(newsletter.id(), mail.subscriberId());
		return consented ? newsletter.tracking() : TrackingMode.NONE;
	}

	private Classifier.Mail about(DeliveryKey mail) {
		int links = this.links.count(mail.issueId());
		return this.acceptances.stream()
			.findFirst()
			.flatMap((ledger) -> ledger.of(mail))
			.map((acceptance) -> new Classifier.Mail(links, acceptance.at(), true))
			.orElseGet(() -> new Classifier.Mail(links, null, false));
	}

	private void record(DeliveryKey mail, TrackingMode mode, Visit visit, Actor actor) {
		boolean person = mode == TrackingMode.PERSONS;
		if (visit.request().kind() == EngagementKind.CLICK) {
			if (person) {
				this.clicks.record(mail, visit.target(), actor);
			}
			else {
				this.clicks.recordOfNobody(mail.issueId(), visit.target(), actor);
			}
		}
		else if (person) {
			this.engagements.record(mail, EngagementKind.OPEN, actor);
		}
		else {
			this.engagements.recordOfNobody(mail.issueId(), EngagementKind.OPEN, actor);
		}
	}

}
