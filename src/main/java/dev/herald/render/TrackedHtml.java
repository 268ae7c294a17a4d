package dev.herald.render;

import java.util.List;

import dev.herald.newsletter.TrackingMode;
import org.jspecify.annotations.Nullable;

/**
 * The HTML part in the form that tells of its reader, and who gets it.
 *
 * @param part null where nobody is tracked
 * @param targets where its links lead
 */
record TrackedHtml(TrackingMode mode, @Nullable IssuePart part, List<String> targets) {

	static final TrackedHtml NONE = new TrackedHtml(TrackingMode.NONE, null, List.of());

	/** Of two forms the one for a recipient. */
	IssuePart formFor(Recipient recipient, IssuePart untracked) {
		boolean told = this.mode == TrackingMode.TOTALS || (this.mode == TrackingMode.PERSONS && recipient.tracked());
		return (told && this.part != null) ? this.part : untracked;
	}

}
