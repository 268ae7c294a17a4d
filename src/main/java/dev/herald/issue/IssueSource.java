package dev.herald.issue;

import java.time.LocalDate;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A Markdown file, read: what its front matter, its text and its name say about it.
 *
 * @param title from front matter, else the first level-one heading, else the file name
 * @param date from front matter, file name or heading
 * @param slug from the front matter or the file name; of an imported issue the one that
 * its newsletter knows it by
 * @param metadata the front matter's scalar values by key, lower case
 * @param markdown the text after the front matter, line ends as LF, no BOM
 * @param firstLine the line of the file that markdown begins on, from 1
 */
public record IssueSource(String fileName, String title, @Nullable LocalDate date, String slug,
		Map<String, String> metadata, String markdown, int firstLine) {

	IssueSource withSlug(String slug) {
		return new IssueSource(this.fileName, this.title, this.date, slug, this.metadata, this.markdown,
				this.firstLine);
	}

}
