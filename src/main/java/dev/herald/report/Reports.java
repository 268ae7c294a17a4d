package dev.herald.report;

import java.util.List;
import java.util.Optional;

import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.Bounces;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletters;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;

import org.springframework.stereotype.Component;

/** Reads reports. Thread-safe. */
@Component
public class Reports {

	private final Sends sends;

	private final SendFigures figures;

	private final Bounces bounces;

	private final BounceWaves waves;

	private final Newsletters newsletters;

	private final Engagements engagements;

	private final LinkClicks clicks;

	private final Leavers leavers;

	Reports(Sends sends, SendFigures figures, Bounces bounces, BounceWaves waves, Newsletters newsletters,
			Engagements engagements, LinkClicks clicks, Leavers leavers) {
		this.sends = sends;
		this.figures = figures;
		this.bounces = bounces;
		this.waves = waves;
		this.newsletters = newsletters;
		this.engagements = engagements;
		this.clicks = clicks;
		this.leavers = leavers;
	}

	public DeliveryReport of(Issue issue) {
		Optional<Send> send = this.sends.latest(issue.id());
		LedgerFigures ledger = this.figures.ofIssue(issue.id());
		Leavers.Left left = this.leavers.left(List.of(issue.id())).getOrDefault(issue.id(), Leavers.Left.NOBODY);
		int dead = this.bounces.dead(List.of(issue.id())).getOrDefault(issue.id(), 0);
		return new DeliveryReport(this.newsletters.byId(issue.newsletterId()).key(), issue.slug(), issue.title(),
				ReportSentence.of(send.orElse(null), ledger.byState(), ledger.span().orElse(null), dead,
						left.unsubscribed(), left.complaints()),
				send.orElse(null), ledger, this.bounces.countsOf(issue.id()), this.bounces.byProvider(issue.id()),
				this.waves.waitingOf(issue.id()), left.unsubscribed(), left.complaints(),
				this.engagements.of(issue.id()), this.clicks.of(issue.id()));
	}

}
