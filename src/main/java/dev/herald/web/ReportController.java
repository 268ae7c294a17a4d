package dev.herald.web;

import java.util.List;
import java.util.Locale;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.Bounces;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.report.DeliveryReport;
import dev.herald.report.Reports;

/** The delivery report of an issue, and who is behind each figure. For admins. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}")
class ReportController {

	private static final int ON_A_PAGE = 100;

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final Ledger ledger;

	private final Reports reports;

	private final Bounces bounces;

	private final BounceWaves waves;

	private final PageModel page;

	private final Words words;

	ReportController(Newsletters newsletters, Issues issues, Sends sends, Ledger ledger, Reports reports,
			Bounces bounces, BounceWaves waves, PageModel page, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.ledger = ledger;
		this.reports = reports;
		this.bounces = bounces;
		this.waves = waves;
		this.page = page;
		this.words = words;
	}

	@GetMapping("/report")
	String report(@PathVariable String key, @PathVariable String slug, Model model) {
		Issue issue = this.issues.require(slug, key);
		DeliveryReport report = this.reports.of(issue);
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("report", report);
		model.addAttribute("states", SendProgress.StateCount.of(report.counts()));
		model.addAttribute("recipients", report.counts().recipients());
		model.addAttribute("bounced", this.bounces.ofIssue(issue.id(), ON_A_PAGE));
		model.addAttribute("left", this.reports.whoLeft(issue.id(), ON_A_PAGE));
		model.addAttribute("sends", this.sends.ofIssue(issue.id()));
		return "report";
	}

	/** What a held wave of bounces was. */
	@PostMapping("/report/waves/{id}")
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

	@GetMapping("/deliveries")
	String deliveries(@PathVariable String key, @PathVariable String slug,
			@RequestParam(defaultValue = "") String state, @RequestParam(defaultValue = "0") int after, Model model) {
		Issue issue = this.issues.require(slug, key);
		DeliveryState wanted = state(state);
		List<Ledger.Row> rows = this.ledger.page(issue.id(), wanted, Math.max(0, after), ON_A_PAGE + 1);
		boolean more = rows.size() > ON_A_PAGE;
		List<Ledger.Row> shown = more ? rows.subList(0, ON_A_PAGE) : rows;
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("state", wanted.name().toLowerCase(Locale.ROOT));
		model.addAttribute("rehearsal", this.sends.latest(issue.id()).map(Send::rehearsal).orElse(false));
		model.addAttribute("rows", shown);
		model.addAttribute("first", after <= 0);
		model.addAttribute("total", this.ledger.counts(issue.id()).of(wanted));
		if (more) {
			model.addAttribute("next", shown.get(shown.size() - 1).delivery().subscriberId());
		}
		return "deliveries";
	}

	private DeliveryState state(String name) {
		for (DeliveryState state : DeliveryState.values()) {
			if (state.name().equalsIgnoreCase(name)) {
				return state;
			}
		}
		throw Problem.usage(this.words.say("deliveries.no-state"));
	}

}
