package dev.herald.web;

import org.springframework.stereotype.Component;

import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.problem.Problem;

/** Finds the send that an address names. Thread-safe. */
@Component
class SendAddress {

	private final Issues issues;

	private final Sends sends;

	private final Words words;

	SendAddress(Issues issues, Sends sends, Words words) {
		this.issues = issues;
		this.sends = sends;
		this.words = words;
	}

	/**
	 * @throws Problem when there is no such issue, or it has no such send
	 */
	Named require(String newsletterKey, String slug, int sendId) {
		Issue issue = this.issues.require(slug, newsletterKey);
		Send send = this.sends.byId(sendId);
		if (send.issueId() != issue.id()) {
			throw Problem.usage(this.words.say("send.unknown"));
		}
		return new Named(newsletterKey, issue, send);
	}

	record Named(String newsletterKey, Issue issue, Send send) {

		String path() {
			return SendController.path(this.newsletterKey, this.issue) + "/sends/" + this.send.id();
		}

	}

}
