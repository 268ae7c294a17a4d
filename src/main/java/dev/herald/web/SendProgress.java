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
import dev.herald.delivery.SendPace;

/**
 * How far a send is. Public for the view.
 *
 * @param states those with at least one delivery
 * @param perSecond settled deliveries: of one that is over on average, else of the last
 * seconds; 0 where nothing moves or nobody can tell
 * @param left how long the rest takes at that rate; null where nobody can tell
 * @param took null as long as it has not begun
 * @param nextAt when the next delivery is due, where all that are left wait for their
 * time; else null
 * @param over nothing more will happen by itself
 */
public record SendProgress(int settled, int accepted, int recipients, List<StateCount> states, int perSecond,
		@Nullable Duration left, @Nullable Duration took, @Nullable Instant nextAt, boolean over) {

	static SendProgress over(Send send, DeliveryCounts counts) {
		Instant started = send.startedAt();
		Instant finished = send.finishedAt();
		Duration took = (started != null && finished != null) ? Duration.between(started, finished) : null;
		int settled = settled(send, counts);
		int perSecond = (took != null && took.toSeconds() > 0) ? (int) Math.round(settled * 1000.0 / took.toMillis())
				: 0;
		return new SendProgress(settled, counts.of(DeliveryState.ACCEPTED), recipients(send, counts),
				StateCount.of(counts), perSecond, null, took, null, true);
	}

	/**
	 * @param nextDue of what is left; now or earlier where it has its turn
	 */
	static SendProgress underWay(Send send, DeliveryCounts counts, SendPace pace, Instant now, Instant nextDue) {
		Instant started = send.startedAt();
		int settled = settled(send, counts);
		int recipients = recipients(send, counts);
		return new SendProgress(settled, counts.of(DeliveryState.ACCEPTED), recipients, StateCount.of(counts),
				(int) Math.round(pace.perSecond()), pace.timeFor(recipients - settled).orElse(null),
				(started != null) ? Duration.between(started, now) : null, nextDue.isAfter(now) ? nextDue : null,
				false);
	}

	private static int settled(Send send, DeliveryCounts counts) {
		return (send.audience() != null) ? counts.settled() : 0;
	}

	private static int recipients(Send send, DeliveryCounts counts) {
		Send.Audience audience = send.audience();
		return (audience != null) ? Math.max(audience.recipients(), counts.recipients()) : 0;
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
