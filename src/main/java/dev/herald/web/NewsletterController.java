package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Draft;
import dev.herald.issue.Drafts;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.Theme;
import dev.herald.problem.Problem;

/** Newsletters: making one, its settings, its issues and importing one. */
@Controller
@RequestMapping("/newsletters")
class NewsletterController {

	private static final int ISSUES_ON_A_PAGE = 50;

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final SendFigures figures;

	private final Drafts drafts;

	private final PageModel page;

	private final Words words;

	NewsletterController(Newsletters newsletters, Issues issues, Drafts drafts, Sends sends, SendFigures figures,
			PageModel page, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.drafts = drafts;
		this.sends = sends;
		this.figures = figures;
		this.page = page;
		this.words = words;
	}

	@GetMapping("/new")
	ModelAndView form() {
		return view("newsletter-new", NewsletterForm.empty(this.words));
	}

	@PostMapping
	ModelAndView create(@RequestParam Map<String, String> fields, RedirectAttributes flash) {
		NewsletterForm form = new NewsletterForm(fields, this.words);
		Optional<NewsletterSettings> settings = form.settings();
		if (settings.isPresent()) {
			try {
				Newsletter created = this.newsletters.create(form.field("key"),
						this.page.visitor().admin() ? settings.get() : settings.get().withApproval(false));
				flash.addFlashAttribute("done", this.words.say("newsletter.created", created.name()));
				return new ModelAndView("redirect:/newsletters/" + created.key());
			}
			catch (Problem ex) {
				form.reject("key", ex);
			}
		}
		return view("newsletter-new", form);
	}

	@GetMapping("/{key}")
	String show(@PathVariable String key, @RequestParam(defaultValue = "0") int skip, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		int total = this.issues.count(newsletter.id());
		int first = Math.max(0, Math.min(skip, total));
		List<Issue> shown = this.issues.newest(newsletter.id(), first, ISSUES_ON_A_PAGE);
		int last = first + shown.size();
		List<Draft> drafts = this.drafts.ofNewsletter(newsletter.id());
		Map<Integer, LedgerFigures> figures = this.figures.countsOf(shown.stream().map(Issue::id).toList());
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("lines",
				shown.stream().map((issue) -> line(issue, figures.get(issue.id()), drafts)).toList());
		model.addAttribute("total", total);
		model.addAttribute("older", (last < total) ? last : -1);
		model.addAttribute("newer", (first > 0) ? Math.max(0, first - ISSUES_ON_A_PAGE) : -1);
		return "newsletter";
	}

	private IssueLine line(Issue issue, @Nullable LedgerFigures figures, List<Draft> drafts) {
		return new IssueLine(issue, this.sends.latest(issue.id()).orElse(null),
				(figures != null) ? figures.byState() : null,
				drafts.stream().filter((draft) -> draft.issueId() == issue.id()).toList());
	}

	/** Begins an issue to be written here. */
	@PostMapping("/{key}/begin")
	ModelAndView begin(@PathVariable String key, @RequestParam(defaultValue = "") String title,
			RedirectAttributes flash, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		try {
			Issue issue = this.issues.begin(newsletter, title, null);
			flash.addFlashAttribute("done", this.words.say("newsletter.begun", issue.title()));
			return new ModelAndView("redirect:" + SendController.path(key, issue) + "/edit");
		}
		catch (Problem ex) {
			show(key, 0, model);
			return new ModelAndView("newsletter", Map.of("beginProblem", this.words.say(ex), "title", title),
					HttpStatus.BAD_REQUEST);
		}
	}

	@PostMapping("/{key}/issues")
	ModelAndView importIssue(@PathVariable String key, @RequestParam MultipartFile file,
			@RequestParam(defaultValue = "") String slug, RedirectAttributes flash, Model model) throws IOException {
		Newsletter newsletter = this.newsletters.require(key);
		try {
			if (file.isEmpty()) {
				throw Problem.usage(this.words.say("issue.no-file"));
			}
			Issues.ImportOutcome outcome = this.issues.importFile(newsletter, fileName(file), file.getBytes(),
					slug.isBlank() ? null : slug.strip());
			String said = (outcome instanceof Issues.ImportOutcome.Unchanged) ? "issue.unchanged" : "issue.imported";
			flash.addFlashAttribute("done", this.words.say(said, outcome.issue().title()));
			return new ModelAndView("redirect:/newsletters/" + key + "/issues/"
					+ UriUtils.encodePathSegment(outcome.issue().slug(), StandardCharsets.UTF_8));
		}
		catch (Problem ex) {
			show(key, 0, model);
			return new ModelAndView("newsletter", Map.of("problem", this.words.say(ex), "slug", slug),
					HttpStatus.BAD_REQUEST);
		}
	}

	/** Some browsers sent a whole path: only its last part is a name. */
	private static String fileName(MultipartFile file) {
		String name = file.getOriginalFilename();
		return (name == null || name.isBlank()) ? "issue.md" : name.substring(lastSlash(name) + 1);
	}

	private static int lastSlash(String name) {
		return Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
	}

	@GetMapping("/{key}/settings")
	ModelAndView settings(@PathVariable String key) {
		Newsletter newsletter = this.newsletters.require(key);
		return view("newsletter-settings", NewsletterForm.of(newsletter, this.words)).addObject("newsletter",
				newsletter);
	}

	@PostMapping("/{key}/settings")
	ModelAndView change(@PathVariable String key, @RequestParam Map<String, String> fields, RedirectAttributes flash) {
		Newsletter newsletter = this.newsletters.require(key);
		NewsletterForm form = new NewsletterForm(fields, this.words);
		Optional<NewsletterSettings> settings = form.settings();
		if (settings.isPresent()) {
			try {
				this.newsletters.change(key, allowed(settings.get(), newsletter));
				flash.addFlashAttribute("done", this.words.say("newsletter.changed"));
				return new ModelAndView("redirect:/newsletters/" + key + "/settings");
			}
			catch (Problem ex) {
				form.reject("form", ex);
			}
		}
		return view("newsletter-settings", form).addObject("newsletter", newsletter);
	}

	/** Who may not send alone must not be able to allow it to themselves. */
	private NewsletterSettings allowed(NewsletterSettings settings, Newsletter newsletter) {
		return this.page.visitor().admin() ? settings : settings.withApproval(newsletter.approval());
	}

	private static ModelAndView view(String name, NewsletterForm form) {
		HttpStatus status = form.errors().isEmpty() ? HttpStatus.OK : HttpStatus.BAD_REQUEST;
		return new ModelAndView(name, Map.of("form", form.fields(), "errors", form.errors(), "usual",
				ThemeFields.of(Theme.DEFAULT), "ways", PreviewChoice.WAYS), status);
	}

}
