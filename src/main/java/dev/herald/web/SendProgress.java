package dev.herald.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Send;

/**
 * How far a send is. Public for the view.
 *
 * @param states those with at least one delivery
 * @param perSecond settled deliveries, on average since it began; 0 before a second has
 * passed
 * @param left how long the rest takes at that rate; null where nobody can tell
 * @param over nothing more will happen by itself
 */
public record SendProgress(int settled, int accepted, int recipients, List<StateCount> states, int perSecond,
		@Nullable Duration left, @Nullable Duration took, boolean over) {

	static SendProgress of(Send send, DeliveryCounts counts, Instant now) {
		Send.Audience audience = send.audience();
		int recipients = (audience != null) ? Math.max(audience.recipients(), counts.recipients()) : 0;
		int settled = (audience != null) ? counts.settled() : 0;
		Instant started = send.startedAt();
		Instant finished = send.finishedAt();
		Duration took = (started != null) ? Duration.between(started, (finished != null) ? finished : now) : null;
		int perSecond = (took != null && took.toSeconds() > 0) ? (int) Math.round(settled * 1000.0 / took.toMillis())
				: 0;
		boolean over = switch (send.status()) {
			case DONE, CANCELLED -> true;
			case SCHEDULED, RUNNING, WAITING, HELD -> false;
		};
		Duration left = (perSecond > 0 && !over && settled < recipients)
				? Duration.ofSeconds((recipients - settled) / perSecond + 1) : null;
		return new SendProgress(settled, counts.of(DeliveryState.ACCEPTED), recipients, StateCount.of(counts),
				perSecond, left, took, over);
	}

	/** Deliveries in one state. Public for the view. */
	public record StateCount(DeliveryState state, int deliveries) {

		static List<StateCount> of(DeliveryCounts counts) {
			return Arrays.stream(DeliveryState.values())
				.map((state) -> new StateCount(state, counts.of(state)))
				.filter((count) -> count.deliveries() > 0)
				.toList();
		}

		/** As it stands in addresses and in the keys of words. */
		public String name() {
			return this.state.name().toLowerCase(Locale.ROOT);
		}

	}

}
