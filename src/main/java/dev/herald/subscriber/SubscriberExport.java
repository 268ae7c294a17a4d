package dev.herald.subscriber;

import java.io.Writer;

import dev.herald.newsletter.Newsletter;

/**
 * Writes a newsletter's subscribers as CSV, row by row: memory does not grow with the
 * list.
 */
public class SubscriberExport {

	/**
	 * Columns email, name, state, since. Cells that a spreadsheet would take for a
	 * formula are defused.
	 */
	public void run(Newsletter newsletter, Writer csv) {
		throw new UnsupportedOperationException();
	}

}
