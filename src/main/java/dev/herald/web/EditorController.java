package dev.herald.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.issue.Draft;
import dev.herald.issue.Drafts;
import dev.herald.issue.Drafts.Keeping;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueReader;
import dev.herald.issue.Issues;
import dev.herald.issue.Versions;
import dev.herald.issue.Versions.Saving;
import dev.herald.problem.Problem;
import dev.herald.testsend.TestReaders;
import dev.herald.testsend.TestSends;

/**
 * Where an issue is written. Whatever a form is sent for, its text is kept first: nothing
 * that follows can lose it.
 */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/edit")
class EditorController {

	private final Issues issues;

	private final Versions versions;

	private final Drafts drafts;

	private final EditorPage editor;

	private final PreviewReaders readers;

	private final TestSends tests;

	private final PageModel page;

	private final Words words;

	EditorController(Issues issues, Versions versions, Drafts drafts, EditorPage editor, PreviewReaders readers,
			TestSends tests, PageModel page, Words words) {
		this.issues = issues;
		this.versions = versions;
		this.drafts = drafts;
		this.editor = editor;
		this.readers = readers;
		this.tests = tests;
		this.page = page;
		this.words = words;
	}

	/**
	 * @param draft the draft to go on with, 0 for the current version; without it the
	 * visitor's last one
	 */
	@GetMapping
	String show(@PathVariable String key, @PathVariable String slug, @RequestParam(required = false) Integer draft,
			@RequestParam(defaultValue = "") String as, @RequestParam(defaultValue = "") String reader, Model model) {
		Issue issue = this.issues.require(slug, key);
		PreviewChoice choice = PreviewChoice.of(as, reader);
		if (draft != null && draft > 0
				&& this.drafts.find(issue, draft).filter((found) -> !isMine(found)).isPresent()) {
			return "redirect:" + SendController.path(key, issue) + "/history?to=d" + draft;
		}
		this.editor.fill(model, key, issue, mine(issue, draft).orElse(null), choice);
		this.editor.fillText(model, key, issue);
		return "editor";
	}

	private Optional<Draft> mine(Issue issue, @Nullable Integer draft) {
		List<Draft> mine = this.drafts.ofIssue(issue.id()).stream().filter(this::isMine).toList();
		if (draft == null) {
			return mine.stream().findFirst();
		}
		int wanted = draft;
		return mine.stream().filter((found) -> found.id() == wanted).findFirst();
	}

	private boolean isMine(Draft draft) {
		return draft.writer().equals(me());
	}

	private String me() {
		return this.page.visitor().name();
	}

	/** Keeps what was typed. A script gets the part of the page that says so. */
	@PostMapping("/draft")
	String keep(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			@RequestHeader(name = "HX-Request", defaultValue = "") String script, Model model, RedirectAttributes flash,
			HttpServletResponse response) {
		Issue issue = this.issues.require(slug, key);
		EditorForm form = EditorForm.of(fields);
		if (script.isEmpty()) {
			Draft kept = keep(issue, form, flash);
			return back(key, issue, kept, form, flash) + "#preview";
		}
		Draft kept = keep(issue, form, model);
		this.editor.fill(model, key, issue, kept, chosen(form, model));
		response.setHeader("HX-Trigger-After-Swap", "kept");
		return "editor-state";
	}

	/**
	 * @return null where there is nothing to keep
	 */
	private @Nullable Draft keep(Issue issue, EditorForm form, Model messages) {
		String text = form.text();
		int basedOn = (form.basedOn() > 0) ? form.basedOn() : issue.versionId();
		if (text == null || (form.seen() == null && isVersion(issue, basedOn, text))) {
			return null;
		}
		Keeping keeping = this.drafts.keep(issue, me(), form.seen(), basedOn, text);
		if (keeping instanceof Keeping.KeptBeside beside) {
			String word = isMine(beside.other()) ? "editor.beside.own" : "editor.beside.other";
			say(messages, "warning", this.words.say(word, beside.other().writer(),
					this.words.at(beside.other().keptAt(), Zones.ofReader())));
		}
		return keeping.draft();
	}

	private boolean isVersion(Issue issue, int versionId, String text) {
		return this.versions.byId(issue, versionId)
			.filter((version) -> this.versions.isTextOf(version, text))
			.isPresent();
	}

	private static void say(Model messages, String name, Object value) {
		if (messages instanceof RedirectAttributes flash) {
			flash.addFlashAttribute(name, value);
		}
		else {
			messages.addAttribute(name, value);
		}
	}

	private PreviewChoice chosen(EditorForm form, Model messages) {
		try {
			return this.readers.chosen(form);
		}
		catch (Problem ex) {
			say(messages, "readerProblem", this.words.say(ex));
			return form.choice();
		}
	}

	private String back(String key, Issue issue, @Nullable Draft draft, EditorForm form, RedirectAttributes flash) {
		return "redirect:" + path(key, issue) + "?draft=" + ((draft != null) ? draft.id() : 0) + "&"
				+ chosen(form, flash).query();
	}

	private static String path(String key, Issue issue) {
		return SendController.path(key, issue) + "/edit";
	}

	/**
	 * Makes the text the newest version.
	 * @param over a version that the writer saves over, having been told of it
	 */
	@PostMapping
	String save(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			@RequestParam(defaultValue = "0") int over, RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		EditorForm form = EditorForm.of(fields);
		Draft kept = keep(issue, form, flash);
		String text = (form.text() != null) ? form.text() : "";
		try {
			Saving saving = this.versions.save(issue, (over > 0) ? over : form.basedOn(), text, me(),
					(kept != null) ? new Drafts.Seen(kept.id(), kept.revision()) : null);
			if (saving instanceof Saving.Conflict conflict) {
				flash.addFlashAttribute("problem",
						this.words.say("editor.conflict", conflict.newest().number(),
								this.editor.writer(conflict.newest()),
								this.words.at(conflict.newest().savedAt(), Zones.ofReader())));
				return back(key, issue, kept, form, flash);
			}
			boolean saved = saving instanceof Saving.Saved;
			flash.addFlashAttribute("done", this.words.say(saved ? "editor.saved" : "editor.unchanged",
					this.versions.current(this.issues.byId(issue.id())).number()));
			return "redirect:" + path(key, issue) + "?draft=0&" + chosen(form, flash).query();
		}
		catch (Problem ex) {
			flash.addFlashAttribute("problem", this.words.say("editor.not-saved", this.words.say(ex)));
			return back(key, issue, kept, form, flash);
		}
	}

	/** Takes the text of a file in place of what is there, which can be brought back. */
	@PostMapping("/file")
	String file(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			@RequestParam(required = false) MultipartFile file, RedirectAttributes flash) throws IOException {
		Issue issue = this.issues.require(slug, key);
		EditorForm form = EditorForm.of(fields);
		Draft kept = keep(issue, form, flash);
		try {
			if (file == null || file.isEmpty()) {
				throw Problem.usage(this.words.say("issue.no-file"));
			}
			String text = IssueReader.text(String.valueOf(file.getOriginalFilename()), file.getBytes());
			Draft taken = this.drafts
				.keep(issue, me(), null, form.basedOn() > 0 ? form.basedOn() : issue.versionId(), text)
				.draft();
			flash.addFlashAttribute("done", this.words.say((kept != null) ? "editor.taken.beside" : "editor.taken"));
			return back(key, issue, taken, form, flash);
		}
		catch (Problem ex) {
			flash.addFlashAttribute("problem", this.words.say(ex));
			return back(key, issue, kept, form, flash);
		}
	}

	/** Mails what is in the editor, saved or not. */
	@PostMapping("/test")
	String test(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		EditorForm form = EditorForm.of(fields);
		Draft kept = keep(issue, form, flash);
		flash.addFlashAttribute("testTo", form.to());
		try {
			String text = (form.text() != null) ? form.text() : "";
			flash.addFlashAttribute("test", TestSendController.Told.of(this.tests.send(issue,
					this.versions.read(issue, text), TestReaders.of(form.to(), List.of()), me())));
		}
		catch (Problem ex) {
			flash.addFlashAttribute("testProblem", this.words.say(ex));
		}
		return back(key, issue, kept, form, flash) + "#test";
	}

	@PostMapping("/discard")
	String discard(@PathVariable String key, @PathVariable String slug, @RequestParam Map<String, String> fields,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		Draft kept = keep(issue, EditorForm.of(fields), flash);
		if (kept != null && this.drafts.discard(issue, me(), kept.id())) {
			flash.addFlashAttribute("discarded", kept.id());
		}
		return "redirect:" + path(key, issue) + "?draft=0";
	}

	@PostMapping("/bring-back")
	String bringBack(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "0") int draft,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		boolean back = this.drafts.bringBack(issue, me(), draft);
		flash.addFlashAttribute(back ? "done" : "problem",
				this.words.say(back ? "editor.brought-back" : "editor.draft.gone"));
		return "redirect:" + path(key, issue) + "?draft=" + (back ? draft : 0);
	}

}
