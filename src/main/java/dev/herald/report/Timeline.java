package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.delivery.LedgerFigures.Minute;

/**
 * When deliveries were accepted, in spans that are as long as it takes to show all of
 * them: minutes of a quick send, days of one that was warmed up over weeks. Immutable.
 *
 * @param span the length of each
 * @param buckets without a gap, the first begins with the first that was accepted
 */
public record Timeline(Duration span, List<Bucket> buckets) {

	private static final int MOST = 60;

	private static final List<Duration> SPANS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5),
			Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7));

	/** 1 January 1970 was a Thursday, and weeks begin on Mondays. */
	private static final Duration FIRST_MONDAY = Duration.ofDays(4);

	/**
	 * @param zone in which hours, days and weeks begin; with the offset that it has at
	 * the first, so that all spans are as long
	 */
	public static Timeline of(List<Minute> minutes, ZoneId zone) {
		if (minutes.isEmpty()) {
			return new Timeline(SPANS.get(0), List.of());
		}
		Instant first = minutes.get(0).at();
		Instant last = minutes.get(minutes.size() - 1).at();
		Duration offset = Duration.ofSeconds(zone.getRules().getOffset(first).getTotalSeconds());
		Duration span = SPANS.stream()
			.filter((each) -> number(first, last, each, offset) <= MOST)
			.findFirst()
			.orElse(SPANS.get(SPANS.size() - 1));
		Map<Instant, Integer> accepted = new TreeMap<>();
		minutes.forEach((minute) -> accepted.merge(start(minute.at(), span, offset), minute.accepted(), Integer::sum));
		List<Bucket> buckets = new ArrayList<>();
		int before = 0;
		// A few uncertain ones that somebody took for accepted years later must not make
		// a page of empty weeks.
		for (Instant at = start(first, span, offset); !at.isAfter(last)
				&& buckets.size() < MOST * 10; at = at.plus(span)) {
			int number = accepted.getOrDefault(at, 0);
			before += number;
			buckets.add(new Bucket(at, number, before));
		}
		return new Timeline(span, List.copyOf(buckets));
	}

	private static long number(Instant first, Instant last, Duration span, Duration offset) {
		return Duration.between(start(first, span, offset), start(last, span, offset)).dividedBy(span) + 1;
	}

	private static Instant start(Instant at, Duration span, Duration offset) {
		long local = at.getEpochSecond() + offset.minus(FIRST_MONDAY).toSeconds();
		return at.minusNanos(at.getNano()).minusSeconds(Math.floorMod(local, span.toSeconds()));
	}

	/**
	 * @param total of it and all before
	 */
	public record Bucket(Instant at, int accepted, int total) {
	}

}
