package dev.herald.web;

import java.nio.charset.StandardCharsets;
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
import org.springframework.web.util.UriUtils;

import dev.herald.delivery.Review;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendPlan;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.segment.Segment;

/** Asking for a send in two steps. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}")
class SendController {

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final SendTimes times;

	private final SendAudiences audiences;

	private final SegmentWords segmentWords;

	private final IssueController issuePage;

	private final PageModel page;

	private final Words words;

	SendController(Newsletters newsletters, Issues issues, Sends sends, SendTimes times, SendAudiences audiences,
			SegmentWords segmentWords, IssueController issuePage, PageModel page, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.times = times;
		this.audiences = audiences;
		this.segmentWords = segmentWords;
		this.issuePage = issuePage;
		this.page = page;
		this.words = words;
	}

	/** Says what the send would do. Changes nothing. */
	@GetMapping("/send")
	ModelAndView confirm(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		try {
			SendRequest asked = this.times.parse(fields);
			Segment segment = this.audiences.chosen(newsletter, fields);
			Review review = this.sends.review(issue);
			ModelAndView page = new ModelAndView("send-confirm", Map.of("newsletter", newsletter, "issue", issue,
					"asked", asked, "review", review, "groups", FindingGroup.of(review.findings())));
			page.addObject("utc", ZoneOffset.UTC);
			page.addObject("waves", this.times.waves(issue, asked, Segment.treeOf(segment)));
			page.addObject("segment", segment);
			if (segment != null) {
				page.addObject("conditions", this.segmentWords.of(segment.tree()));
			}
			page.addObject("audience", this.sends.preview(issue, segment));
			page.addObject("rehearsing", this.sends.rehearsing());
			page.addObject("needsApproval", this.sends.needsSecondPerson(issue, review, segment));
			page.addObject("undoWindow", this.sends.undoWindow());
			return page;
		}
		catch (Problem ex) {
			this.issuePage.fill(model, newsletter, issue, "desktop");
			this.times.fill(model, issue, fields, null);
			Map<String, String> typed = new LinkedHashMap<>(
					Map.of("when", "now", "date", "", "time", "", "zone", "", "segment", ""));
			typed.putAll(fields);
			return new ModelAndView("issue", Map.of("form", typed, "problem", this.words.say(ex)),
					HttpStatus.BAD_REQUEST);
		}
	}

	/** What date, time and zone mean, as they are typed. */
	@GetMapping("/send/when")
	String meaning(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			Model model) {
		this.times.fill(model, this.issues.require(slug, key), fields,
				this.audiences.tree(this.newsletters.require(key), fields));
		return "send-meaning";
	}

	@PostMapping("/sends")
	String schedule(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String due,
			@RequestParam(defaultValue = "") String zone, @RequestParam(defaultValue = "") String local,
			@RequestParam(defaultValue = "") String seen, @RequestParam Map<String, String> fields) {
		Issue issue = this.issues.require(slug, key);
		Segment segment = this.audiences.seen(this.newsletters.require(key), fields);
		SendPlan plan = new SendPlan(this.times.instant(due),
				zone.isEmpty() ? Zones.ofReader() : SendRequest.zone(zone, this.words), this.times.local(local), true,
				segment);
		Send send = this.sends.schedule(issue, plan, this.page.visitor().name(), seen);
		return "redirect:" + path(key, issue) + "/sends/" + send.id();
	}

	static String path(String key, Issue issue) {
		return "/newsletters/" + key + "/issues/" + UriUtils.encodePathSegment(issue.slug(), StandardCharsets.UTF_8);
	}

}
