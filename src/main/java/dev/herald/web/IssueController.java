package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.address.EmailAddress;
import dev.herald.archive.PublishedIssues;
import dev.herald.check.Finding;
import dev.herald.check.IssueCheck;
import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.render.ArchiveAddress;
import dev.herald.render.ArchiveCompiler;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.render.Recipient;
import dev.herald.segment.Segments;
import dev.herald.settings.Installation;
import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryKey;

/** An issue as its readers will see it, and the form that sends it. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}")
class IssueController {

	private static final List<String> WIDTHS = List.of("desktop", "phone", "text", "web");

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final SendTimes times;

	private final Segments segments;

	private final IssueCompiler compiler;

	private final ArchiveCompiler archive;

	private final PublishedIssues published;

	private final Installation installation;

	private final Words words;

	private final Clock clock;

	IssueController(Newsletters newsletters, Issues issues, Sends sends, SendTimes times, Segments segments,
			IssueCompiler compiler, ArchiveCompiler archive, PublishedIssues published, Installation installation,
			Words words, Clock clock) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.times = times;
		this.segments = segments;
		this.compiler = compiler;
		this.archive = archive;
		this.published = published;
		this.installation = installation;
		this.words = words;
		this.clock = clock;
	}

	@GetMapping
	String show(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "desktop") String as,
			Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		fill(model, newsletter, issue, as);
		ZoneId zone = Zones.ofReader();
		Map<String, String> form = Map.of("when", "now", "segment", "", "zone", zone.getId(), "time", "08:00", "date",
				LocalDate.ofInstant(this.clock.instant(), zone).plusDays(1).toString());
		model.addAttribute("form", form);
		this.times.fill(model, issue, form, null);
		return "issue";
	}

	/** Everything on the page of an issue but the values of the form. */
	void fill(Model model, Newsletter newsletter, Issue issue, String as) {
		List<Send> all = this.sends.ofIssue(issue.id());
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("issue", issue);
		model.addAttribute("sends", all);
		model.addAttribute("segments", this.segments.of(newsletter));
		model.addAttribute("rehearsing", this.sends.rehearsing());
		model.addAttribute("zones", Zones.names());
		model.addAttribute("way", WIDTHS.contains(as) ? as : WIDTHS.get(0));
		model.addAttribute("online", this.published.find(newsletter.key(), issue.slug()).isPresent()
				? ArchiveAddress.of(this.installation, newsletter, issue.slug()) : "");
		try {
			IssueSource source = this.issues.source(issue.versionId());
			CompiledIssue compiled = this.compiler.compile(source, newsletter);
			List<Finding> findings = IssueCheck.of(source, newsletter, compiled);
			model.addAttribute("findings", findings);
			model.addAttribute("groups", FindingGroup.of(findings));
			model.addAttribute("subject", compiled.subject());
			model.addAttribute("text", "text".equals(as) ? compiled.text(sample(issue)) : "");
		}
		catch (Problem ex) {
			model.addAttribute("broken", this.words.say(ex));
		}
	}

	@GetMapping(PageHeaders.FRAME)
	ResponseEntity<byte[]> html(@PathVariable String key, @PathVariable String slug) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		return frame(compile(newsletter, issue).page(sample(issue)));
	}

	/** The page in the archive, as it will be once the issue is published. */
	@GetMapping("/web" + PageHeaders.FRAME)
	ResponseEntity<byte[]> web(@PathVariable String key, @PathVariable String slug) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		return frame(this.archive.compile(this.issues.source(issue.versionId()), newsletter, true).html());
	}

	static ResponseEntity<byte[]> frame(String html) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.body(ReadableMail.withLinksInTabs(html).getBytes(StandardCharsets.UTF_8));
	}

	private CompiledIssue compile(Newsletter newsletter, Issue issue) {
		return this.compiler.compile(this.issues.source(issue.versionId()), newsletter);
	}

	/** A reader who is nobody: the links in it lead nowhere. */
	private Recipient sample(Issue issue) {
		return new Recipient(new DeliveryKey(issue.id(), 0),
				new Subscriber(0, EmailAddress.parse("reader@example.org"), this.words.say("issue.sample-reader")));
	}

}
