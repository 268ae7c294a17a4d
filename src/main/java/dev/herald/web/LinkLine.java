package dev.herald.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import dev.herald.report.DeliveryReport;
import dev.herald.tracking.Actor;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.LinkClicks;

/**
 * Who followed one link of an issue. Public for the view.
 *
 * @param link as {@link LinkClicks#sha256} names it
 * @param people readers, or how often people followed it where totals only are counted
 * @param share these, in per cent of all people who followed a link of the issue
 */
public record LinkLine(String link, String target, int people, double share, int machines, int unknown) {

	/** What most people followed first. */
	static List<LinkLine> of(DeliveryReport report) {
		int all = report.engagement()
			.stream()
			.filter((count) -> count.kind() == EngagementKind.CLICK && count.actor() == Actor.HUMAN)
			.mapToInt((count) -> count.figure())
			.sum();
		List<LinkLine> lines = new ArrayList<>();
		report.links()
			.stream()
			.collect(Collectors.groupingBy(LinkClicks.Count::link))
			.forEach((link, counts) -> lines.add(of(link, counts, all)));
		lines.sort(Comparator.comparingInt(LinkLine::people).reversed().thenComparing(LinkLine::target));
		return lines;
	}

	private static LinkLine of(String link, List<LinkClicks.Count> counts, int all) {
		int people = readers(counts, Actor.HUMAN);
		return new LinkLine(link, counts.get(0).target(), people, (all == 0) ? 0 : people * 100.0 / all,
				readers(counts, Actor.MACHINE), readers(counts, Actor.UNKNOWN));
	}

	private static int readers(List<LinkClicks.Count> counts, Actor actor) {
		return counts.stream().filter((count) -> count.actor() == actor).mapToInt(LinkClicks.Count::figure).sum();
	}

}
