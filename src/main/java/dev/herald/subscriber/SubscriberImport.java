package dev.herald.subscriber;

import java.nio.file.Path;

import dev.herald.newsletter.Newsletter;

/**
 * Reads subscribers from CSV: a header line with email and, optionally, name. Good rows
 * go in, bad rows go to a file with reasons.
 */
public class SubscriberImport {

	/**
	 * @param rejects where bad rows are written, each with its reason; not created when
	 * there are none
	 * @param dryRun counts and reports, and changes nothing
	 */
	public ImportResult run(Path csv, Newsletter newsletter, Path rejects, boolean dryRun) {
		throw new UnsupportedOperationException();
	}

}
