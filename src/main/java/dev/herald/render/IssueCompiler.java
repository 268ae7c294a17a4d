package dev.herald.render;

import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;

/** Turns a source into a compiled issue. Thread-safe. */
public class IssueCompiler {

	/**
	 * Renders once for a sample recipient, so that a faulty template is found here and
	 * not in mid-send.
	 * @throws dev.herald.problem.Problem naming template, line and column
	 */
	public CompiledIssue compile(IssueSource source, Newsletter newsletter) {
		throw new UnsupportedOperationException();
	}

}
