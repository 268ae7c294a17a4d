package dev.herald.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Draft;
import dev.herald.issue.Drafts;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Version;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

/** The versions of an issue, its drafts, and what differs between any two. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/history")
class HistoryController {

	/** v and the number of a version, d and that of a draft. */
	private static final Pattern NAME = Pattern.compile("([vd])(\\d{1,9})");

	private final Newsletters newsletters;

	private final Issues issues;

	private final Versions versions;

	private final Drafts drafts;

	private final Sends sends;

	private final WrittenTexts texts;

	private final PageModel page;

	private final Words words;

	HistoryController(Newsletters newsletters, Issues issues, Versions versions, Drafts drafts, Sends sends,
			WrittenTexts texts, PageModel page, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.versions = versions;
		this.drafts = drafts;
		this.sends = sends;
		this.texts = texts;
		this.page = page;
		this.words = words;
	}

	/**
	 * @param from the older of the two; without it the one that the newer was made of
	 * @param to the newer; without it the current version
	 */
	@GetMapping
	String show(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String from,
			@RequestParam(defaultValue = "") String to, Model model) {
		Issue issue = this.issues.require(slug, key);
		List<Version> all = this.versions.ofIssue(issue.id());
		String newer = to.isEmpty() ? "v" + this.versions.current(issue).number() : to;
		String older = from.isEmpty() ? before(issue, newer) : from;
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("versions", lines(issue, all));
		model.addAttribute("drafts", this.drafts.ofIssue(issue.id()));
		model.addAttribute("me", this.page.visitor().name());
		model.addAttribute("from", older);
		model.addAttribute("to", newer);
		model.addAttribute("changes", TextDiff.of(text(issue, older), text(issue, newer)));
		return "history";
	}

	private List<VersionLine> lines(Issue issue, List<Version> all) {
		List<Send> made = this.sends.ofIssue(issue.id());
		List<VersionLine> lines = new ArrayList<>();
		for (Version version : all) {
			lines.add(new VersionLine(version, version.id() == issue.versionId(),
					made.stream().filter((send) -> send.versionId() == version.id()).toList()));
		}
		return lines;
	}

	private String before(Issue issue, String name) {
		Matcher parts = parts(name);
		int number = Integer.parseInt(parts.group(2));
		if (parts.group(1).equals("v")) {
			return "v" + Math.max(1, number - 1);
		}
		return "v" + this.versions.byId(issue, this.texts.draft(issue, number).basedOn())
			.orElseGet(() -> this.versions.current(issue))
			.number();
	}

	private String text(Issue issue, String name) {
		Matcher parts = parts(name);
		int number = Integer.parseInt(parts.group(2));
		return parts.group(1).equals("v") ? this.versions.text(this.versions.byNumber(issue, number))
				: this.drafts.text(this.texts.draft(issue, number));
	}

	private Matcher parts(String name) {
		Matcher parts = NAME.matcher(name);
		if (!parts.matches()) {
			throw Problem.usage(this.words.say("history.unknown"));
		}
		return parts;
	}

	/** Makes an older text a draft: what was saved since stays in the history. */
	@PostMapping
	String bringBack(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String name,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		Draft draft = this.drafts.keep(issue, this.page.visitor().name(), null, issue.versionId(), text(issue, name))
			.draft();
		flash.addFlashAttribute("done", this.words.say("history.brought-back"));
		return "redirect:" + SendController.path(key, issue) + "/edit?draft=" + draft.id();
	}

	/** One version, for a list. */
	public record VersionLine(Version version, boolean current, List<Send> sends) {
	}

}
