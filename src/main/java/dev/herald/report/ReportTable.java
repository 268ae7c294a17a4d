package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.LedgerFigures;
import dev.herald.returns.BounceClass;
import dev.herald.tracking.EngagementTimes;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a report for other programs: as a tree for JSON, as lines for CSV. Both
 * are described in docs/reports.md.
 */
public final class ReportTable {

	private ReportTable() {
	}

	/**
	 * @param engaged opens and clicks as they are kept by time
	 * @param back what came back by the hour
	 */
	public static Map<String, @Nullable Object> tree(DeliveryReport report, Comparison.Compared compared,
			List<EngagementTimes.Span> engaged, Map<Instant, OverTime.Back> back) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("newsletter", report.newsletterKey());
		tree.put("slug", report.slug());
		tree.put("title", report.title());
		tree.put("recipients", report.counts().recipients());
		tree.put("states", states(report.counts()));
		tree.put("firstAccepted", text(report.firstAccepted()));
		tree.put("lastAccepted", text(report.lastAccepted()));
		tree.put("providers", report.figures().byProvider().stream().map((one) -> provider(one, report)).toList());
		tree.put("bounces", report.bounces().stream().map(ReportTable::bounce).toList());
		tree.put("unsubscribed", report.unsubscribed());
		tree.put("complaints", report.complaints());
		tree.put("engagement", report.engagement().stream().map(ReportTable::engagement).toList());
		tree.put("links", report.links().stream().map(ReportTable::link).toList());
		tree.put("acceptedByMinute", report.figures().accepted().stream().map(ReportTable::minute).toList());
		tree.put("engagementOverTime", engaged.stream().map(ReportTable::engaged).toList());
		tree.put("cameBackByHour",
				back.entrySet().stream().map((hour) -> back(hour.getKey(), hour.getValue())).toList());
		tree.put("before", compared.before().stream().map(ReportTable::issue).toList());
		return tree;
	}

	private static Map<String, Integer> states(DeliveryCounts counts) {
		Map<String, Integer> states = new LinkedHashMap<>();
		for (DeliveryState state : DeliveryState.values()) {
			states.put(lower(state), counts.of(state));
		}
		return states;
	}

	private static Map<String, Object> provider(LedgerFigures.ByProvider one, DeliveryReport report) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("code", one.provider());
		tree.put("name", one.name());
		tree.put("recipients", one.states().recipients());
		tree.put("states", states(one.states()));
		tree.put("hardBounces", report.bounced(one.provider(), BounceClass.HARD));
		tree.put("softBounces", report.bounced(one.provider(), BounceClass.SOFT));
		return tree;
	}

	private static Map<String, Object> bounce(BounceCount count) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("class", lower(count.bounceClass()));
		tree.put("reason", count.reason());
		tree.put("recipients", count.recipients());
		return tree;
	}

	private static Map<String, Object> minute(LedgerFigures.Minute minute) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("at", minute.at().toString());
		tree.put("accepted", minute.accepted());
		return tree;
	}

	private static Map<String, Object> engagement(Engagements.Count count) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("kind", lower(count.kind()));
		tree.put("actor", lower(count.actor()));
		tree.put("readers", count.readers());
		tree.put("events", count.events());
		return tree;
	}

	private static Map<String, Object> link(LinkClicks.Count count) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("target", count.target());
		tree.put("actor", lower(count.actor()));
		tree.put("readers", count.readers());
		tree.put("events", count.events());
		return tree;
	}

	private static Map<String, Object> engaged(EngagementTimes.Span span) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("at", span.at().toString());
		tree.put("seconds", span.length().toSeconds());
		tree.put("kind", lower(span.kind()));
		tree.put("actor", lower(span.actor()));
		tree.put("readers", span.readers());
		tree.put("events", span.events());
		return tree;
	}

	private static Map<String, Object> back(Instant at, OverTime.Back back) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("at", at.toString());
		tree.put("hardBounces", back.hard());
		tree.put("softBounces", back.soft());
		tree.put("unsubscribed", back.left());
		tree.put("complaints", back.complaints());
		return tree;
	}

	private static Map<String, Object> issue(IssueFigures figures) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("slug", figures.slug());
		tree.put("sent", figures.sentAt().toString());
		tree.put("recipients", figures.recipients());
		tree.put("accepted", figures.accepted());
		tree.put("rejected", figures.rejected());
		tree.put("dead", figures.dead());
		tree.put("unsubscribed", figures.left());
		tree.put("complaints", figures.complaints());
		return tree;
	}

	/** The columns section, name, figure, value; the same figures. */
	public static List<List<String>> lines(DeliveryReport report, Comparison.Compared compared,
			List<EngagementTimes.Span> engaged, Map<Instant, OverTime.Back> back) {
		List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("section", "name", "figure", "value"));
		lines.add(line("issue", report.slug(), "recipients", report.counts().recipients()));
		states(report.counts()).forEach((state, number) -> lines.add(line("state", state, "deliveries", number)));
		for (LedgerFigures.ByProvider one : report.figures().byProvider()) {
			String name = one.name().isEmpty() ? String.valueOf(one.provider()) : one.name();
			lines.add(line("provider", name, "recipients", one.states().recipients()));
			states(one.states()).forEach((state, number) -> lines.add(line("provider", name, state, number)));
			lines.add(line("provider", name, "hard bounces", report.bounced(one.provider(), BounceClass.HARD)));
			lines.add(line("provider", name, "soft bounces", report.bounced(one.provider(), BounceClass.SOFT)));
		}
		report.bounces()
			.forEach((bounce) -> lines
				.add(line("bounce", lower(bounce.bounceClass()), bounce.reason(), bounce.recipients())));
		lines.add(line("reader", "", "unsubscribed", report.unsubscribed()));
		lines.add(line("reader", "", "complaints", report.complaints()));
		for (Engagements.Count count : report.engagement()) {
			lines.add(line(lower(count.kind()), lower(count.actor()), "readers", count.readers()));
			lines.add(line(lower(count.kind()), lower(count.actor()), "events", count.events()));
		}
		for (LinkClicks.Count count : report.links()) {
			lines.add(line("link", count.target(), lower(count.actor()) + " readers", count.readers()));
			lines.add(line("link", count.target(), lower(count.actor()) + " events", count.events()));
		}
		report.figures()
			.accepted()
			.forEach((minute) -> lines.add(line("minute", minute.at().toString(), "accepted", minute.accepted())));
		for (EngagementTimes.Span span : engaged) {
			String section = lower(span.kind()) + " by " + unit(span.length());
			lines.add(line(section, span.at().toString(), lower(span.actor()) + " readers", span.readers()));
			lines.add(line(section, span.at().toString(), lower(span.actor()) + " events", span.events()));
		}
		back.forEach((at, figures) -> back(at, figures).forEach((figure, value) -> {
			if (!figure.equals("at")) {
				lines.add(line("back by hour", at.toString(), figure, value));
			}
		}));
		compared.before().forEach((before) -> issue(before).forEach((figure, value) -> {
			if (!figure.equals("slug")) {
				lines.add(line("before", before.slug(), figure, value));
			}
		}));
		return lines;
	}

	private static String unit(Duration length) {
		return switch ((int) length.toSeconds()) {
			case 60 -> "minute";
			case 3_600 -> "hour";
			default -> "day";
		};
	}

	private static List<String> line(String section, String name, String figure, Object value) {
		return List.of(section, name, figure, value.toString());
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
