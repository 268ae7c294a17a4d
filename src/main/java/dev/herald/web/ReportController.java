package dev.herald.web;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import org.jspecify.annotations.Nullable;

import dev.herald.bounce.BounceQuery;
import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.Bounces;
import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.report.Comparison;
import dev.herald.report.DeliveryReport;
import dev.herald.report.Leavers;
import dev.herald.report.OverTime;
import dev.herald.report.OverTimes;
import dev.herald.report.ReportTable;
import dev.herald.report.Reports;
import dev.herald.report.Timeline;
import dev.herald.tracking.IssueLinks;

/** The delivery report of an issue, on a page and for other programs. For admins. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/report")
class ReportController {

	/** Of each list the newest; the whole is a page of its own. */
	private static final int NEWEST = 10;

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final Reports reports;

	private final Comparison comparison;

	private final OverTimes overTimes;

	private final Leavers leavers;

	private final Bounces bounces;

	private final BounceWaves waves;

	private final IssueLinks trackedLinks;

	private final PageModel page;

	private final Words words;

	private final Clock clock;

	ReportController(Newsletters newsletters, Issues issues, Sends sends, Reports reports, Comparison comparison,
			OverTimes overTimes, Leavers leavers, Bounces bounces, BounceWaves waves, IssueLinks trackedLinks,
			PageModel page, Words words, Clock clock) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.reports = reports;
		this.comparison = comparison;
		this.overTimes = overTimes;
		this.leavers = leavers;
		this.bounces = bounces;
		this.waves = waves;
		this.trackedLinks = trackedLinks;
		this.page = page;
		this.words = words;
		this.clock = clock;
	}

	@GetMapping
	String report(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String over,
			Model model) {
		Issue issue = this.issues.require(slug, key);
		DeliveryReport report = this.reports.of(issue);
		Comparison.Compared compared = this.comparison.of(issue, report);
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("report", report);
		model.addAttribute("sentence", report.sentence().in(this.words::say));
		model.addAttribute("change", compared.change().in(this.words::say));
		model.addAttribute("compared", compared);
		model.addAttribute("states", SendProgress.StateCount.of(report.counts()));
		model.addAttribute("recipients", report.counts().recipients());
		model.addAttribute("providers", ProviderLine.of(report));
		model.addAttribute("timeline", Timeline.of(report.figures().accepted(), zone(report)));
		model.addAttribute("overTime", this.overTimes.of(issue, OverTime.Window.of(over)).orElse(null));
		model.addAttribute("sameAge", this.overTimes.sameAge(compared).orElse(null));
		model.addAttribute("links", LinkLine.of(report).stream().limit(NEWEST).toList());
		model.addAttribute("tracked", this.trackedLinks.tracked(issue.id()));
		model.addAttribute("bounced", this.bounces.page(BounceQuery.of(issue.id()), Long.MAX_VALUE, NEWEST));
		model.addAttribute("left", this.leavers.page(issue, "", Long.MAX_VALUE, NEWEST));
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("sends", this.sends.ofIssue(issue.id()));
		return "report";
	}

	private static ZoneId zone(DeliveryReport report) {
		Send send = report.send();
		return (send != null) ? send.zone() : ZoneOffset.UTC;
	}

	@GetMapping("/figures.json")
	ResponseEntity<Map<String, @Nullable Object>> json(@PathVariable String key, @PathVariable String slug) {
		Issue issue = this.issues.require(slug, key);
		DeliveryReport report = this.reports.of(issue);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION, CsvDownload.disposition(key + "-" + issue.slug() + ".json"))
			.body(ReportTable.tree(report, this.comparison.of(issue, report), this.overTimes.spans(issue),
					this.overTimes.backByHour(issue)));
	}

	@GetMapping("/figures.csv")
	void csv(@PathVariable String key, @PathVariable String slug, HttpServletResponse response) throws IOException {
		Issue issue = this.issues.require(slug, key);
		DeliveryReport report = this.reports.of(issue);
		List<List<String>> lines = ReportTable.lines(report, this.comparison.of(issue, report),
				this.overTimes.spans(issue), this.overTimes.backByHour(issue));
		try (CsvDownload download = CsvDownload.to(response, key + "-" + issue.slug() + ".csv")) {
			lines.forEach(download::line);
		}
	}

	/** What a held wave of bounces was. */
	@PostMapping("/waves/{id}")
	String decide(@PathVariable String key, @PathVariable String slug, @PathVariable int id, @RequestParam boolean dead,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		if (this.waves.waitingOf(issue.id()).stream().noneMatch((wave) -> wave.id() == id)) {
			flash.addFlashAttribute("problem", this.words.say("report.wave.decided-before"));
		}
		else if (dead) {
			int suppressed = this.waves.dead(id, this.page.visitor().name());
			flash.addFlashAttribute("done", this.words.say("report.wave.suppressed", suppressed));
		}
		else {
			this.waves.alive(id, this.page.visitor().name());
			flash.addFlashAttribute("done", this.words.say("report.wave.living"));
		}
		return "redirect:/newsletters/" + key + "/issues/" + slug + "/report";
	}

}
