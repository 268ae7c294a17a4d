package dev.herald.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Send;
import dev.herald.issue.Draft;
import dev.herald.issue.Issue;

/**
 * An issue in the list of its newsletter. Public for the view.
 *
 * @param send its last one; null where it has none
 * @param counts its deliveries, of all its sends; null where nobody was to get it yet
 * @param drafts of everybody
 */
public record IssueLine(Issue issue, @Nullable Send send, @Nullable DeliveryCounts counts, List<Draft> drafts) {

	public int accepted() {
		return (this.counts != null) ? this.counts.of(DeliveryState.ACCEPTED) : 0;
	}

}
