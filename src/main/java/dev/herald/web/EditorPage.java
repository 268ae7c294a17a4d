package dev.herald.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

import dev.herald.delivery.Sends;
import dev.herald.issue.Draft;
import dev.herald.issue.Drafts;
import dev.herald.issue.Issue;
import dev.herald.issue.Version;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Subscriber;
import dev.herald.web.Previews.Preview;

/** What the page of the editor shows. */
@Component
class EditorPage {

	private final Newsletters newsletters;

	private final Versions versions;

	private final Drafts drafts;

	private final Sends sends;

	private final WrittenTexts texts;

	private final Previews previews;

	private final PreviewReaders readers;

	private final PageModel page;

	private final Words words;

	EditorPage(Newsletters newsletters, Versions versions, Drafts drafts, Sends sends, WrittenTexts texts,
			Previews previews, PreviewReaders readers, PageModel page, Words words) {
		this.newsletters = newsletters;
		this.versions = versions;
		this.drafts = drafts;
		this.sends = sends;
		this.texts = texts;
		this.previews = previews;
		this.readers = readers;
		this.page = page;
		this.words = words;
	}

	/**
	 * What changes as somebody types.
	 * @param draft null where the text is the current version's
	 */
	void fill(Model model, String key, Issue issue, @Nullable Draft draft, PreviewChoice choice) {
		Version current = this.versions.current(issue);
		Version base = (draft != null) ? this.versions.byId(issue, draft.basedOn()).orElse(current) : current;
		List<Draft> others = this.drafts.ofIssue(issue.id())
			.stream()
			.filter((other) -> draft == null || other.id() != draft.id())
			.toList();
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("draft", draft);
		model.addAttribute("current", current);
		model.addAttribute("currentWriter", writer(current));
		model.addAttribute("base", base);
		model.addAttribute("others", others);
		model.addAttribute("me", this.page.visitor().name());
		model.addAttribute("choice", choice);
		model.addAttribute("address",
				this.readers.subscriber(choice).map(Subscriber::address).map(String::valueOf).orElse(""));
	}

	/** The rest of a whole page. */
	void fillText(Model model, String key, Issue issue) {
		Newsletter newsletter = this.newsletters.require(key);
		Draft draft = (Draft) model.getAttribute("draft");
		int shown = (draft != null) ? draft.id() : 0;
		model.addAttribute("text", this.texts.text(issue, shown));
		model.addAttribute("samples", this.readers.samples());
		model.addAttribute("ways", PreviewChoice.WAYS);
		model.addAttribute("rehearsing", this.sends.rehearsing());
		this.sends.unfinishedOf(issue.id())
			.flatMap((send) -> this.versions.byId(issue, send.versionId()))
			.ifPresent((version) -> model.addAttribute("pinned", version));
		fillFindings(model, newsletter, issue, shown);
	}

	/**
	 * What to mend in a text.
	 * @param draft 0 for the current version
	 */
	void fillFindings(Model model, Newsletter newsletter, Issue issue, int draft) {
		try {
			Preview preview = this.previews.of(() -> this.texts.source(issue, draft), newsletter);
			model.addAttribute("lines", LineFindings.of(preview.findings(), this.texts.text(issue, draft)));
			model.addAttribute("subject", preview.compiled().subject());
		}
		catch (Problem ex) {
			model.addAttribute("broken", this.words.say(ex));
		}
	}

	/** Who saved a version, for a sentence. */
	String writer(Version version) {
		return version.writer().isEmpty() ? this.words.say("version.imported", version.fileName()) : version.writer();
	}

}
