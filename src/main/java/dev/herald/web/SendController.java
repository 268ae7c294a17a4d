package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

import dev.herald.delivery.Ledger;
import dev.herald.delivery.Review;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

/** Asking for a send in two steps, and watching it. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}")
class SendController {

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final SendDecisions decisions;

	private final Ledger ledger;

	private final IssueController issuePage;

	private final PageModel page;

	private final Words words;

	private final Clock clock;

	SendController(Newsletters newsletters, Issues issues, Sends sends, SendDecisions decisions, Ledger ledger,
			IssueController issuePage, PageModel page, Words words, Clock clock) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.decisions = decisions;
		this.ledger = ledger;
		this.issuePage = issuePage;
		this.page = page;
		this.words = words;
		this.clock = clock;
	}

	/** Says what the send would do. Changes nothing. */
	@GetMapping("/send")
	ModelAndView confirm(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		try {
			SendRequest request = SendRequest.parse(fields, this.clock.instant(), this.words);
			Review review = this.sends.review(issue);
			ModelAndView page = new ModelAndView("send-confirm",
					Map.of("utc", ZoneOffset.UTC, "newsletter", newsletter, "issue", issue, "now", request.now(),
							"choices", request.choices(), "zone", request.zone(), "audience", this.sends.preview(issue),
							"rehearsing", this.sends.rehearsing()));
			page.addObject("review", review);
			page.addObject("groups", FindingGroup.of(review.findings()));
			return page;
		}
		catch (Problem ex) {
			this.issuePage.fill(model, newsletter, issue, "desktop");
			Map<String, String> typed = new LinkedHashMap<>(Map.of("when", "now", "date", "", "time", "", "zone", ""));
			typed.putAll(fields);
			return new ModelAndView("issue", Map.of("form", typed, "problem", this.words.say(ex)),
					HttpStatus.BAD_REQUEST);
		}
	}

	@PostMapping("/sends")
	String schedule(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String due,
			@RequestParam(defaultValue = "") String zone, @RequestParam(defaultValue = "") String seen) {
		Issue issue = this.issues.require(slug, key);
		Send send = this.sends.schedule(issue, dueAt(due),
				zone.isEmpty() ? Zones.ofReader() : SendRequest.zone(zone, this.words), this.page.visitor().name(),
				seen);
		return "redirect:" + path(key, issue) + "/sends/" + send.id();
	}

	private Instant dueAt(String due) {
		try {
			return due.isEmpty() ? this.clock.instant() : Instant.parse(due);
		}
		catch (DateTimeException ex) {
			throw new Problem(Problem.Kind.USAGE, this.words.say("send.date"), ex);
		}
	}

	@GetMapping("/sends/{id}")
	String watch(@PathVariable String key, @PathVariable String slug, @PathVariable int id, Model model) {
		model.addAttribute("newsletter", this.newsletters.require(key));
		progress(key, slug, id, model);
		return "send";
	}

	/** The part of the page that changes, asked for every second. */
	@GetMapping("/sends/{id}/progress")
	String progress(@PathVariable String key, @PathVariable String slug, @PathVariable int id, Model model) {
		Issue issue = this.issues.require(slug, key);
		Send send = requireOf(issue, id);
		model.addAttribute("newsletterKey", key);
		model.addAttribute("issue", issue);
		model.addAttribute("send", send);
		model.addAttribute("progress", SendProgress.of(send, this.ledger.countsOfSend(id), this.clock.instant()));
		return "send-progress";
	}

	@PostMapping("/sends/{id}/pause")
	String pause(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		requireOf(issue, id);
		boolean paused = this.decisions.pause(id, this.page.visitor().name());
		return decided(flash, paused, paused ? "send.paused" : "send.not-running", path(key, issue), id);
	}

	@PostMapping("/sends/{id}/cancel")
	String cancel(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		boolean begun = requireOf(issue, id).audience() != null;
		boolean cancelled = this.decisions.cancel(id, this.page.visitor().name());
		return decided(flash, cancelled, !cancelled ? "send.too-late" : begun ? "send.ended" : "send.cancelled",
				path(key, issue), id);
	}

	/** The decision that a held send waits for. */
	@PostMapping("/sends/{id}/continue")
	String goOn(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		requireOf(issue, id);
		boolean released = this.decisions.resume(id);
		return decided(flash, released, released ? "send.continued" : "send.not-held", path(key, issue), id);
	}

	private String decided(RedirectAttributes flash, boolean done, String word, String issuePath, int id) {
		flash.addFlashAttribute(done ? "done" : "problem", this.words.say(word));
		return "redirect:" + issuePath + "/sends/" + id;
	}

	private Send requireOf(Issue issue, int id) {
		Send send = this.sends.byId(id);
		if (send.issueId() != issue.id()) {
			throw Problem.usage(this.words.say("send.unknown"));
		}
		return send;
	}

	static String path(String key, Issue issue) {
		return "/newsletters/" + key + "/issues/" + UriUtils.encodePathSegment(issue.slug(), StandardCharsets.UTF_8);
	}

}
