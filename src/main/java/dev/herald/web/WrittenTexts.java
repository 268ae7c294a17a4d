package dev.herald.web;

import org.springframework.stereotype.Component;

import dev.herald.issue.Draft;
import dev.herald.issue.Drafts;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Versions;
import dev.herald.problem.Problem;

/** A text that is written here, be it a draft or the current version. */
@Component
class WrittenTexts {

	private final Versions versions;

	private final Drafts drafts;

	private final Words words;

	WrittenTexts(Versions versions, Drafts drafts, Words words) {
		this.versions = versions;
		this.drafts = drafts;
		this.words = words;
	}

	/**
	 * @param draft 0 for the current version
	 * @throws Problem when there is no such draft
	 */
	String text(Issue issue, int draft) {
		return (draft > 0) ? this.drafts.text(draft(issue, draft)) : this.versions.text(this.versions.current(issue));
	}

	/**
	 * The same, read.
	 * @throws Problem also naming the line of what can't be read
	 */
	IssueSource source(Issue issue, int draft) {
		return this.versions.read(issue, text(issue, draft));
	}

	Draft draft(Issue issue, int draft) {
		return this.drafts.find(issue, draft).orElseThrow(() -> Problem.usage(this.words.say("editor.draft.gone")));
	}

}
