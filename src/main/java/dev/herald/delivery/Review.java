package dev.herald.delivery;

import java.util.List;

import dev.herald.check.Finding;

/**
 * What a person has to know of an issue before it is sent: its errors keep it from being
 * sent, its warnings have to be confirmed.
 *
 * @param fileName the findings' lines are those of this file
 * @param fingerprint of what was looked at; a confirmation names it
 */
public record Review(String fileName, String fingerprint, List<Finding> findings) {

	public List<Finding> errors() {
		return this.findings.stream().filter(Finding::isError).toList();
	}

	public List<Finding> warnings() {
		return this.findings.stream().filter((finding) -> !finding.isError()).toList();
	}

}
