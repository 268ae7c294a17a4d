package dev.herald.report;

import java.time.Instant;
import java.util.List;

import dev.herald.bounce.BounceWaves.Wave;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.bounce.Bounces.ProviderBounces;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.Send;
import dev.herald.returns.BounceClass;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one issue.
 *
 * @param sentence the one line on top that a person would say
 * @param send the latest send
 * @param heldWaves hard bounces that came in a wave and wait for a decision
 * @param unsubscribed readers who left by this links
 * @param complaints readers who reported it as spam
 * @param engagement opens and clicks; empty where nothing was tracked
 * @param links who followed which link, the most readers first
 */
public record DeliveryReport(String newsletterKey, String slug, String title, ReportSentence sentence,
		@Nullable Send send, LedgerFigures figures, List<BounceCount> bounces, List<ProviderBounces> bouncesByProvider,
		List<Wave> heldWaves, int unsubscribed, int complaints, List<Engagements.Count> engagement,
		List<LinkClicks.Count> links) {

	public DeliveryCounts counts() {
		return this.figures.byState();
	}

	public @Nullable Instant firstAccepted() {
		return this.figures.span().map(Ledger.Span::first).orElse(null);
	}

	public @Nullable Instant lastAccepted() {
		return this.figures.span().map(Ledger.Span::last).orElse(null);
	}

	/** Whether there are deliveries that wait for their turn or another try. */
	public boolean underWay() {
		return counts().settled() < counts().recipients();
	}

	/** Recipients with a bounce of a class at one provider. */
	public int bounced(int provider, BounceClass bounceClass) {
		return this.bouncesByProvider.stream()
			.filter((count) -> count.provider() == provider && count.bounceClass() == bounceClass)
			.mapToInt(ProviderBounces::recipients)
			.sum();
	}

}
