package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.herald.tracking.Actor;
import dev.herald.tracking.EngagementKind;

/**
 * What readers did with an issue, and what came back of it, since its send began.
 * Immutable.
 *
 * @param bars without a gap, from the begin to the end of the window or now
 * @param ofReaders whether opens and clicks are readers, each when he first did it; else
 * nobody knows whose they are, and they are counted as often as they happened
 * @param outside opens and clicks that are in no bar: before the send or after the window
 */
public record OverTime(Window window, List<Bar> bars, boolean ofReaders, int outside) {

	/** Whether there is anything of the kind in the bars. */
	public boolean has(String kind) {
		return this.bars.stream()
			.anyMatch((bar) -> Stream.of(Actor.values()).anyMatch((actor) -> bar.of(kind, actor.name()) > 0));
	}

	public boolean cameBack() {
		return this.bars.stream().anyMatch((bar) -> bar.back().any());
	}

	/** How much of the time is shown. */
	public enum Window {

		HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1)),

		TWO_DAYS("48h", Duration.ofHours(48), Duration.ofHours(1)),

		FOUR_WEEKS("4w", Duration.ofDays(28), Duration.ofDays(1));

		private final String code;

		private final Duration length;

		private final Duration bar;

		Window(String code, Duration length, Duration bar) {
			this.code = code;
			this.length = length;
			this.bar = bar;
		}

		/** By what an address says; two days where it says something else. */
		public static Window of(String code) {
			return Stream.of(values()).filter((window) -> window.code.equals(code)).findFirst().orElse(TWO_DAYS);
		}

		public String code() {
			return this.code;
		}

		public Duration length() {
			return this.length;
		}

		public Duration bar() {
			return this.bar;
		}

	}

	/**
	 * @param at its first second
	 * @param people who had done a thing by its end
	 */
	public record Bar(Instant at, Map<EngagementKind, Map<Actor, Integer>> engaged, Map<EngagementKind, Integer> people,
			Back back) {

		public int of(String kind, String actor) {
			return this.engaged.getOrDefault(EngagementKind.valueOf(kind), Map.of())
				.getOrDefault(Actor.valueOf(actor), 0);
		}

		public int peopleSoFar(String kind) {
			return this.people.getOrDefault(EngagementKind.valueOf(kind), 0);
		}

	}

	/**
	 * Recipients with their first bounce of a class, and readers who left.
	 */
	public record Back(int hard, int soft, int left, int complaints) {

		static final Back NOTHING = new Back(0, 0, 0, 0);

		Back and(Back other) {
			return new Back(this.hard + other.hard, this.soft + other.soft, this.left + other.left,
					this.complaints + other.complaints);
		}

		boolean any() {
			return this.hard + this.soft + this.left + this.complaints > 0;
		}

	}

}
