package dev.herald.web;

import java.util.List;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

import dev.herald.delivery.Send;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.report.DeliveryReport;
import dev.herald.report.Reports;
import dev.herald.web.Previews.Preview;

/** Who followed which link, laid over the issue as it was sent. For admins. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/report/clicks")
class ClicksController {

	private final Newsletters newsletters;

	private final Issues issues;

	private final Reports reports;

	private final Previews previews;

	private final PreviewReaders readers;

	private final Words words;

	ClicksController(Newsletters newsletters, Issues issues, Reports reports, Previews previews, PreviewReaders readers,
			Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.reports = reports;
		this.previews = previews;
		this.readers = readers;
		this.words = words;
	}

	@GetMapping
	String clicks(@PathVariable String key, @PathVariable String slug, Model model) {
		Issue issue = this.issues.require(slug, key);
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("lines", LinkLine.of(this.reports.of(issue)));
		return "clicks";
	}

	/** The mail by the path of a preview, in the version of the last send. */
	@GetMapping(PageHeaders.FRAME)
	ResponseEntity<byte[]> frame(@PathVariable String key, @PathVariable String slug) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		DeliveryReport report = this.reports.of(issue);
		Send send = report.send();
		int version = (send != null) ? send.versionId() : issue.versionId();
		Preview preview = this.previews.of(() -> this.issues.source(version), newsletter);
		String html = preview.compiled().page(this.readers.recipient(PreviewChoice.of("", ""), issue.id()));
		List<LinkLine> lines = LinkLine.of(report);
		return IssueController.frame(LinkBadges.on(html, lines, this::badge));
	}

	private String badge(LinkLine line) {
		return this.words.say("clicks.badge", line.people(), line.share());
	}

}
