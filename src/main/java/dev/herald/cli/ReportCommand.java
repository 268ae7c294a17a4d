package dev.herald.cli;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.herald.bounce.BounceWaves.Wave;
import dev.herald.bounce.Bounces;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.report.DeliveryReport;
import dev.herald.report.Leavers;
import dev.herald.report.ReportText;
import dev.herald.report.ReportWords;
import dev.herald.report.Reports;
import dev.herald.tracking.EngagementTimes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "report", description = "The delivery report of an issue.",
		footer = { "", "Example:", "  herald report 2026-11-24" })
final class ReportCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--json", description = "JSON, and nothing else.")
	private boolean json;

	@Option(names = "--verify",
			description = "Count the ledger anew, and tell whether the report's figures are the same.")
	private boolean verify;

	ReportCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Issue found = this.issue.find(this.beans);
		if (this.verify) {
			verify(found);
		}
		DeliveryReport report = this.beans.get(Reports.class).of(found);
		this.console.print(this.json ? Json.of(json(report)) : ReportText.of(report, ZoneId.systemDefault()));
		return 0;
	}

	private void verify(Issue found) {
		List<Integer> wrong = this.beans.get(SendFigures.class).wrong(found.id());
		if (!wrong.isEmpty()) {
			throw Problem.work(
					"The figures that are kept of send %s are not the ledger's. Somebody changed the tables by hand: set counted_at of the send to NULL, and they are counted anew."
						.formatted(wrong.stream().map(String::valueOf).collect(Collectors.joining(", "))));
		}
		if (!this.beans.get(Leavers.class).areExact(found)) {
			throw Problem.work(
					"The kept number of readers who left by this issue is not that of the records of consent. Somebody changed the tables by hand: mend leaver_count for issue_id %d."
						.formatted(found.id()));
		}
		if (!this.beans.get(Bounces.class).areExact(found.id())) {
			throw Problem.work(
					"The kept numbers of recipients whose mail came back are not those of the records. Somebody changed the tables by hand: set counted to 0 in bounce_counted for issue_id %d, and they are counted anew."
						.formatted(found.id()));
		}
		if (!this.beans.get(EngagementTimes.class).areExact(found.id())) {
			throw Problem.work(
					"The opens and clicks of this issue that are kept by time are not those that are kept as sums, or fewer than the records. Somebody changed the tables by hand: mend engagement_time for issue_id %d."
						.formatted(found.id()));
		}
		this.console.say("The ledger was counted anew: the figures are the same.");
	}

	private static Map<String, @Nullable Object> json(DeliveryReport report) {
		Map<String, @Nullable Object> keys = new LinkedHashMap<>();
		keys.put("newsletter", report.newsletterKey());
		keys.put("slug", report.slug());
		keys.put("title", report.title());
		keys.put("sentence", report.sentence().in(ReportWords.english()));
		keys.put("send", json(report.send()));
		keys.put("deliveries", IssueStatus.counts(report.counts()));
		keys.put("bounces", report.bounces().stream().map(ReportCommand::json).toList());
		keys.put("heldWaves", report.heldWaves().stream().map(ReportCommand::json).toList());
		keys.put("unsubscribed", report.unsubscribed());
		keys.put("complaints", report.complaints());
		keys.put("firstAccepted", report.firstAccepted());
		keys.put("lastAccepted", report.lastAccepted());
		return keys;
	}

	private static @Nullable Map<String, @Nullable Object> json(@Nullable Send send) {
		if (send == null) {
			return null;
		}
		Map<String, @Nullable Object> keys = new LinkedHashMap<>();
		keys.put("id", send.id());
		keys.put("status", send.status().name().toLowerCase(Locale.ROOT));
		keys.put("reason", SendLook.inEnglish(send));
		keys.put("rehearsal", send.rehearsal());
		keys.put("due", send.dueAt());
		keys.put("started", send.startedAt());
		keys.put("finished", send.finishedAt());
		keys.put("requestedBy", send.requestedBy());
		Send.OfSegment segment = send.segment();
		keys.put("segment", (segment != null) ? segment.key() : null);
		Send.Audience audience = send.audience();
		if (audience != null) {
			Map<String, Object> figures = new LinkedHashMap<>();
			figures.put("subscriptions", audience.subscriptions());
			figures.put("recipients", audience.recipients());
			figures.put("unconfirmed", audience.unconfirmed());
			figures.put("unsubscribed", audience.unsubscribed());
			figures.put("suppressed", audience.suppressed());
			figures.put("paused", audience.paused());
			figures.put("alreadyInLedger", audience.alreadyInLedger());
			figures.put("outsideSegment", audience.outside());
			keys.put("audience", figures);
		}
		return keys;
	}

	private static Map<String, Object> json(Wave wave) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("wave", wave.id());
		keys.put("bounces", wave.bounces());
		keys.put("recipients", wave.recipients());
		keys.put("text", wave.text());
		return keys;
	}

	private static Map<String, Object> json(BounceCount count) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("class", count.bounceClass().name().toLowerCase(Locale.ROOT));
		keys.put("reason", count.reason());
		keys.put("recipients", count.recipients());
		return keys;
	}

}
