package dev.herald.report;

import dev.herald.issue.Issue;

/** Reads reports. Thread-safe. */
public class Reports {

	public DeliveryReport of(Issue issue) {
		throw new UnsupportedOperationException();
	}

}
