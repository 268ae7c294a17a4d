package dev.herald.delivery;

import java.util.Set;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.problem.Sentence;

/**
 * The deliveries of an issue that a person is about to decide on, as they are now.
 *
 * @param states those asked for
 * @param deliveries all in these states: recipients, and those excluded
 * @param recipients who would get it again
 * @param unconfirmed excluded, as are the next three
 * @param digest tells whether the list is still the same
 */
public record Selection(Issue issue, Set<DeliveryState> states, int deliveries, int recipients, int unconfirmed,
		int unsubscribed, int suppressed, int paused, String digest) {

	public Selection {
		states = Set.copyOf(states);
	}

	/** The same in figures, as for a first send. */
	public Send.Audience audience() {
		return new Send.Audience(this.deliveries, this.recipients, this.unconfirmed, this.unsubscribed, this.suppressed,
				this.paused, 0);
	}

	/**
	 * The exclusions in words: "12 unsubscribed, 3 suppressed"; "none is excluded" where
	 * there are none.
	 */
	public Sentence exclusions() {
		return audience().exclusions();
	}

	/** Whether a delivery's subscriber may get mail now, in words of the database. */
	public enum Consent {

		RECIPIENT, UNCONFIRMED, UNSUBSCRIBED, SUPPRESSED, PAUSED

	}

	/** One delivery of a selection. */
	public record Row(int subscriberId, DeliveryState state, int sendId, EmailAddress address, Consent consent) {
	}

}
