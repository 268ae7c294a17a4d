package dev.herald.issue;

/** Reads a Markdown file. Stateless. */
public final class IssueReader {

	private IssueReader() {
	}

	/**
	 * @throws dev.herald.problem.Problem naming the file and the line or byte offset
	 */
	public static IssueSource read(String fileName, byte[] content) {
		throw new UnsupportedOperationException();
	}

}
