package dev.herald.web;

import java.util.List;

import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.LedgerFigures;
import dev.herald.report.DeliveryReport;
import dev.herald.returns.BounceClass;

/**
 * How one mailbox provider took an issue, or several. Public for the view.
 *
 * @param provider its code; 0 is all that belong to none that Herald knows
 * @param name empty where it is not known
 */
public record ProviderLine(int provider, String name, int recipients, int accepted, int rejected, int others, int hard,
		int soft) {

	static List<ProviderLine> of(DeliveryReport report) {
		return report.figures()
			.byProvider()
			.stream()
			.map((one) -> of(one, report.bounced(one.provider(), BounceClass.HARD),
					report.bounced(one.provider(), BounceClass.SOFT)))
			.toList();
	}

	static ProviderLine of(LedgerFigures.ByProvider one, int hard, int soft) {
		int recipients = one.states().recipients();
		int accepted = one.states().of(DeliveryState.ACCEPTED);
		int rejected = one.states().of(DeliveryState.REJECTED);
		return new ProviderLine(one.provider(), one.name(), recipients, accepted, rejected,
				recipients - accepted - rejected, hard, soft);
	}

	/** In per cent of its recipients. */
	public double acceptedShare() {
		return (this.recipients == 0) ? 0 : this.accepted * 100.0 / this.recipients;
	}

}
