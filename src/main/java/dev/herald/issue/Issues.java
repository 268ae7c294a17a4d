package dev.herald.issue;

import java.util.List;

import dev.herald.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/** The issues of this installation and the versions of their source. Thread-safe. */
public class Issues {

	/**
	 * Imports a file. The same content under the same slug again is no error and changes
	 * nothing.
	 * @param slug instead of the file name's; may be null
	 * @throws dev.herald.problem.Problem when the slug exists with other content
	 */
	public ImportOutcome importFile(Newsletter newsletter, String fileName, byte[] content, @Nullable String slug) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param newsletterKey may be null where the slug is unique in the installation
	 * @throws dev.herald.problem.Problem (usage) when there is none, or several and no
	 * key; lists the candidates
	 */
	public Issue require(String slug, @Nullable String newsletterKey) {
		throw new UnsupportedOperationException();
	}

	public Issue byId(int id) {
		throw new UnsupportedOperationException();
	}

	/** The source of one version, read again from its stored bytes. */
	public IssueSource source(int versionId) {
		throw new UnsupportedOperationException();
	}

	/** Newest first. */
	public List<Issue> ofNewsletter(int newsletterId) {
		throw new UnsupportedOperationException();
	}

	public sealed interface ImportOutcome {

		Issue issue();

		record Imported(Issue issue) implements ImportOutcome {
		}

		record Unchanged(Issue issue) implements ImportOutcome {
		}

	}

}
