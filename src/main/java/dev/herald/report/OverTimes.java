package dev.herald.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.herald.bounce.Bounces;
import dev.herald.issue.Issue;
import dev.herald.returns.BounceClass;
import dev.herald.subscriber.ConsentSource;
import dev.herald.tracking.Actor;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.EngagementTimes;
import dev.herald.tracking.Engagements;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads what happened to an issue over time. Opens and clicks are kept by time; bounces
 * and leavers are few, and read from the records. Thread-safe.
 */
@Component
public class OverTimes {

	private static final int FEWEST_BEFORE = 3;

	private final EngagementTimes times;

	private final Engagements engagements;

	private final Bounces bounces;

	private final Leavers leavers;

	private final Clock clock;

	OverTimes(EngagementTimes times, Engagements engagements, Bounces bounces, Leavers leavers, Clock clock) {
		this.times = times;
		this.engagements = engagements;
		this.bounces = bounces;
		this.leavers = leavers;
		this.clock = clock;
	}

	/** Empty for an issue that was not sent yet. */
	public Optional<OverTime> of(Issue issue, OverTime.Window window) {
		Instant now = this.clock.instant();
		return this.times.begin(issue.id())
			.filter((begin) -> !begin.isAfter(now))
			.map((begin) -> of(issue, window, EngagementTimes.floor(begin, window.bar()), now));
	}

	private OverTime of(Issue issue, OverTime.Window window, Instant from, Instant now) {
		Instant end = from.plus(window.length());
		Instant to = now.isBefore(end) ? EngagementTimes.floor(now, window.bar()).plus(window.bar()) : end;
		List<EngagementTimes.Span> spans = this.times.of(issue.id(), from, to, window.bar());
		List<Engagements.Count> all = this.engagements.of(issue.id());
		boolean ofReaders = ofReaders(all);
		int outside = all.stream().mapToInt(Engagements.Count::events).sum()
				- spans.stream().mapToInt(EngagementTimes.Span::events).sum();
		return new OverTime(window, bars(spans, ofReaders, back(issue, from, to, window.bar()), from, to, window.bar()),
				ofReaders, outside);
	}

	/** One that is tracked by person has readers; one tracked by totals events alone. */
	private static boolean ofReaders(List<Engagements.Count> counts) {
		return counts.stream().anyMatch((count) -> count.readers() > 0);
	}

	private static List<OverTime.Bar> bars(List<EngagementTimes.Span> spans, boolean ofReaders,
			Map<Instant, OverTime.Back> back, Instant from, Instant to, Duration length) {
		Map<Instant, Map<EngagementKind, Map<Actor, Integer>>> engaged = new TreeMap<>();
		spans.forEach((span) -> engaged.computeIfAbsent(span.at(), (at) -> new EnumMap<>(EngagementKind.class))
			.computeIfAbsent(span.kind(), (kind) -> new EnumMap<>(Actor.class))
			.put(span.actor(), ofReaders ? span.readers() : span.events()));
		List<OverTime.Bar> bars = new ArrayList<>();
		Map<EngagementKind, Integer> people = new EnumMap<>(EngagementKind.class);
		for (Instant at = from; at.isBefore(to); at = at.plus(length)) {
			Map<EngagementKind, Map<Actor, Integer>> here = engaged.getOrDefault(at, Map.of());
			here.forEach((kind, actors) -> people.merge(kind, actors.getOrDefault(Actor.HUMAN, 0), Integer::sum));
			bars.add(new OverTime.Bar(at, here, Map.copyOf(people), back.getOrDefault(at, OverTime.Back.NOTHING)));
		}
		return bars;
	}

	/** By spans of UTC. */
	private Map<Instant, OverTime.Back> back(Issue issue, Instant from, Instant to, Duration length) {
		Map<Instant, OverTime.Back> back = new TreeMap<>();
		Stream
			.concat(this.bounces.firstByMinute(issue.id()).stream().map(OverTimes::came),
					this.leavers.byMinute(issue).stream().map(OverTimes::came))
			.filter((one) -> !one.at().isBefore(from) && one.at().isBefore(to))
			.forEach((one) -> back.merge(EngagementTimes.floor(one.at(), length), one.what(), OverTime.Back::and));
		return back;
	}

	private static Came came(Bounces.FirstBounces bounces) {
		return new Came(bounces.minute(), (bounces.bounceClass() == BounceClass.HARD)
				? new OverTime.Back(bounces.recipients(), 0, 0, 0) : new OverTime.Back(0, bounces.recipients(), 0, 0));
	}

	private static Came came(Leavers.Leaving leaving) {
		return new Came(leaving.minute(), (leaving.source() == ConsentSource.COMPLAINT)
				? new OverTime.Back(0, 0, 0, leaving.readers()) : new OverTime.Back(0, 0, leaving.readers(), 0));
	}

	/** All that is kept of opens and clicks, as it is kept: for other programs. */
	public List<EngagementTimes.Span> spans(Issue issue) {
		return this.times.of(issue.id());
	}

	/** What came back, by the hour (UTC). */
	public Map<Instant, OverTime.Back> backByHour(Issue issue) {
		return back(issue, Instant.EPOCH, Instant.MAX, Duration.ofHours(1));
	}

	/**
	 * What people had done with an issue by now, and with the issues before it by the
	 * same age: with those that were counted as it is, readers or events. Empty for one
	 * that has nothing on record.
	 */
	public Optional<SameAge> sameAge(Comparison.Compared compared) {
		IssueFigures now = compared.now();
		if (now == null || now.accepted() == 0) {
			return Optional.empty();
		}
		Duration age = Duration.between(now.sentAt(), this.clock.instant());
		List<IssueFigures> others = compared.before().stream().filter((one) -> one.accepted() > 0).toList();
		Map<Integer, List<Engagements.Count>> counts = this.engagements
			.of(Stream.concat(Stream.of(now), others.stream()).map(IssueFigures::issueId).toList());
		Optional<Shares> own = shares(now, age, counts);
		List<Shares> before = others.stream().flatMap((one) -> shares(one, age, counts).stream()).toList();
		return own.map((shares) -> SameAge.of(age, shares, before));
	}

	/** Empty where nothing is on record by then. */
	private Optional<Shares> shares(IssueFigures issue, Duration age, Map<Integer, List<Engagements.Count>> counts) {
		boolean ofReaders = ofReaders(counts.getOrDefault(issue.issueId(), List.of()));
		Map<EngagementKind, Double> done = this.times.byPeople(issue.issueId(), issue.sentAt().plus(age), ofReaders);
		return done.isEmpty() ? Optional.empty()
				: Optional
					.of(new Shares(ofReaders, done.getOrDefault(EngagementKind.OPEN, 0.0) * 100 / issue.accepted(),
							done.getOrDefault(EngagementKind.CLICK, 0.0) * 100 / issue.accepted()));
	}

	/**
	 * What people had done with an issue by some age of it, for each hundred accepted.
	 *
	 * @param ofReaders how many readers opened it and followed a link; else how often
	 * that happened
	 */
	public record Shares(boolean ofReaders, double opened, double clicked) {
	}

	/**
	 * @param age of the issue, since its first send began
	 * @param usual the medians of the issues before it that were counted alike; null
	 * where these are fewer than three
	 * @param alike how many they are, of those that have anything on record
	 * @param unlike how many were counted the other way
	 */
	public record SameAge(Duration age, Shares own, @Nullable Shares usual, int alike, int unlike) {

		private static SameAge of(Duration age, Shares own, List<Shares> before) {
			List<Shares> alike = before.stream().filter((one) -> one.ofReaders() == own.ofReaders()).toList();
			Shares usual = (alike.size() < FEWEST_BEFORE) ? null
					: new Shares(own.ofReaders(), median(alike, Shares::opened), median(alike, Shares::clicked));
			return new SameAge(age, own, usual, alike.size(), before.size() - alike.size());
		}

		private static double median(List<Shares> shares, ToDoubleFunction<Shares> figure) {
			double[] sorted = shares.stream().mapToDouble(figure).sorted().toArray();
			int middle = sorted.length / 2;
			return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		}

	}

	private record Came(Instant at, OverTime.Back what) {
	}

}
