package dev.herald.subscriber;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What one subscription is at present.
 *
 * @param pausedUntil gets no mail before; may be over. Null where it is not paused
 */
public record Standing(int newsletterId, SubscriptionState state, @Nullable Instant pausedUntil) {

	/** Whether there is something to end. */
	public boolean subscribed() {
		return this.state != SubscriptionState.UNSUBSCRIBED;
	}

	public boolean paused(Instant now) {
		return this.pausedUntil != null && this.pausedUntil.isAfter(now);
	}

	Standing ended() {
		return new Standing(this.newsletterId, SubscriptionState.UNSUBSCRIBED, null);
	}

	/** Only who gets mail can pause it. */
	Standing pausedUntil(@Nullable Instant until) {
		return (this.state == SubscriptionState.ACTIVE) ? new Standing(this.newsletterId, this.state, until) : this;
	}

}
