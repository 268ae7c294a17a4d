package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.issue.Issue;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.render.Recipient;
import dev.herald.web.Previews.Preview;

/** What is being written or set, as a reader would see it. */
@Controller
@RequestMapping("/newsletters/{key}")
class PreviewController {

	private static final Pattern DARK_MODE = Pattern.compile("\\(\\s*prefers-color-scheme\\s*:\\s*dark\\s*\\)");

	private final Newsletters newsletters;

	private final Issues issues;

	private final WrittenTexts texts;

	private final Previews previews;

	private final PreviewReaders readers;

	private final EditorPage editor;

	private final SampleIssue sample;

	private final Words words;

	PreviewController(Newsletters newsletters, Issues issues, WrittenTexts texts, Previews previews,
			PreviewReaders readers, EditorPage editor, SampleIssue sample, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.texts = texts;
		this.previews = previews;
		this.readers = readers;
		this.editor = editor;
		this.sample = sample;
		this.words = words;
	}

	/**
	 * @param draft 0 for the current version
	 */
	@GetMapping("/issues/{slug}/edit" + PageHeaders.FRAME)
	ResponseEntity<byte[]> frame(@PathVariable String key, @PathVariable String slug,
			@RequestParam(defaultValue = "0") int draft, @RequestParam(defaultValue = "") String as,
			@RequestParam(defaultValue = "") String reader) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		return shown(() -> this.texts.source(issue, draft), newsletter, PreviewChoice.of(as, reader), issue.id());
	}

	/** The part of the editor's page that says what to mend. */
	@GetMapping("/issues/{slug}/edit/findings")
	String findings(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "0") int draft,
			Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		Issue issue = this.issues.require(slug, key);
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("issue", issue);
		this.editor.fillFindings(model, newsletter, issue, draft);
		return "editor-findings";
	}

	/** The newest issue, or a sample, with the settings as they are. */
	@GetMapping("/settings" + PageHeaders.FRAME)
	ResponseEntity<byte[]> settings(@PathVariable String key) {
		Newsletter newsletter = this.newsletters.require(key);
		return themed(newsletter, PreviewChoice.of("", ""));
	}

	/** The same with the values of the form; nothing is saved. */
	@PostMapping("/settings" + PageHeaders.FRAME)
	ResponseEntity<byte[]> unsavedSettings(@PathVariable String key, @RequestParam Map<String, String> fields) {
		Newsletter newsletter = this.newsletters.require(key);
		NewsletterForm form = new NewsletterForm(fields, this.words);
		Optional<NewsletterSettings> settings = form.settings();
		if (settings.isEmpty()) {
			return plain(HttpStatus.BAD_REQUEST,
					this.words.say("settings.preview.wrong") + "\n\n" + String.join("\n", form.errors().values()));
		}
		return themed(newsletter.with(settings.get()), PreviewChoice.of(fields.getOrDefault("as", ""), ""));
	}

	private ResponseEntity<byte[]> themed(Newsletter newsletter, PreviewChoice choice) {
		for (Issue newest : this.issues.newest(newsletter.id(), 0, 1)) {
			ResponseEntity<byte[]> page = shown(() -> this.issues.source(newest.versionId()), newsletter, choice,
					newest.id());
			if (page.getStatusCode().is2xxSuccessful()) {
				return page;
			}
		}
		return shown(() -> this.sample.in(newsletter.language()), newsletter, choice, 0);
	}

	private ResponseEntity<byte[]> shown(Supplier<IssueSource> source, Newsletter newsletter, PreviewChoice choice,
			int issueId) {
		try {
			Preview preview = this.previews.of(source, newsletter);
			Recipient recipient = this.readers.recipient(choice, issueId);
			if (choice.as().equals("text")) {
				return plain(HttpStatus.OK, preview.compiled().text(recipient));
			}
			String html = preview.compiled().page(recipient);
			return IssueController.frame(choice.as().equals("dark") ? inDarkMode(html) : html);
		}
		catch (Problem ex) {
			return plain(HttpStatus.CONFLICT, this.words.say(ex));
		}
	}

	/** A frame can't be told to prefer dark colours: the question is answered for it. */
	private static String inDarkMode(String html) {
		return DARK_MODE.matcher(html).replaceAll("(min-width:0)");
	}

	private static ResponseEntity<byte[]> plain(HttpStatus status, String text) {
		return ResponseEntity.status(status)
			.cacheControl(CacheControl.noStore())
			.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
			.body(text.getBytes(StandardCharsets.UTF_8));
	}

}
