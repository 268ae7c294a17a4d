package dev.herald.web;

import java.time.Clock;
import java.time.ZoneOffset;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.delivery.Review;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;

/** A second person looks at what another asked to be sent, and approves it. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/sends/{id}")
class SendApprovalController {

	private final Newsletters newsletters;

	private final SendAddress address;

	private final Issues issues;

	private final Versions versions;

	private final Sends sends;

	private final SendDecisions decisions;

	private final Previews previews;

	private final PreviewReaders readers;

	private final SegmentWords segmentWords;

	private final PageModel page;

	private final Words words;

	private final Clock clock;

	SendApprovalController(Newsletters newsletters, SendAddress address, Issues issues, Versions versions, Sends sends,
			SendDecisions decisions, Previews previews, PreviewReaders readers, SegmentWords segmentWords,
			PageModel page, Words words, Clock clock) {
		this.newsletters = newsletters;
		this.address = address;
		this.issues = issues;
		this.versions = versions;
		this.sends = sends;
		this.decisions = decisions;
		this.previews = previews;
		this.readers = readers;
		this.segmentWords = segmentWords;
		this.page = page;
		this.words = words;
		this.clock = clock;
	}

	@GetMapping("/approval")
	String look(@PathVariable String key, @PathVariable String slug, @PathVariable int id, Model model) {
		SendAddress.Named named = this.address.require(key, slug, id);
		Issue issue = named.issue();
		Send send = named.send();
		Review review = this.sends.review(send);
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("send", send);
		model.addAttribute("utc", ZoneOffset.UTC);
		model.addAttribute("version", this.versions.byId(issue, send.versionId()).orElseThrow());
		model.addAttribute("current", this.versions.current(issue));
		model.addAttribute("audience",
				(send.audience() != null) ? send.audience() : this.sends.audienceNow(issue, send));
		this.sends.treeOf(send).ifPresent((tree) -> model.addAttribute("conditions", this.segmentWords.of(tree)));
		model.addAttribute("review", review);
		model.addAttribute("groups", FindingGroup.of(review.findings()));
		model.addAttribute("atOnce", send.dueAt().isBefore(this.clock.instant()));
		model.addAttribute("own", send.requestedBy().equals(this.page.visitor().name()));
		return "send-approval";
	}

	/** The version that the send pins, as mail. */
	@GetMapping(PageHeaders.FRAME)
	ResponseEntity<byte[]> frame(@PathVariable String key, @PathVariable String slug, @PathVariable int id) {
		SendAddress.Named named = this.address.require(key, slug, id);
		Newsletter newsletter = this.newsletters.require(key);
		Previews.Preview preview = this.previews.of(() -> this.issues.source(named.send().versionId()), newsletter);
		return IssueController
			.frame(preview.compiled().page(this.readers.recipient(PreviewChoice.of("", ""), named.issue().id())));
	}

	/**
	 * @param seen the fingerprint of what was shown
	 */
	@PostMapping("/approve")
	String approve(@PathVariable String key, @PathVariable String slug, @PathVariable int id,
			@RequestParam(defaultValue = "") String seen, RedirectAttributes flash) {
		SendAddress.Named named = this.address.require(key, slug, id);
		boolean approved = this.decisions.approve(id, this.page.visitor().name(), seen);
		flash.addFlashAttribute(approved ? "done" : "problem",
				this.words.say(approved ? "approval.done" : "approval.gone"));
		return "redirect:" + named.path();
	}

}
