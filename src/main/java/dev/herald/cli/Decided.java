package dev.herald.cli;

import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/** What the commands by which people decide on a send have in common. */
final class Decided {

	private Decided() {
	}

	/** Whom a record names. */
	static String byWhom() {
		return System.getProperty("user.name", "somebody") + " on the command line";
	}

	/** The same where it is kept to be said in any language. */
	static Sentence who() {
		return Sentence.of("delivery.who.shell", System.getProperty("user.name", "somebody"));
	}

	/**
	 * The send that a decision is about.
	 * @throws Problem when the issue has none that is under way
	 */
	static Send require(Beans beans, Issue issue) {
		return beans.get(Sends.class)
			.unfinishedOf(issue.id())
			.orElseThrow(() -> Problem
				.work("Nothing was changed: no send of %s is scheduled or under way%s.".formatted(issue.slug(),
						beans.get(Sends.class)
							.latest(issue.id())
							.map((send) -> "; the last one is " + send.status().inWords())
							.orElse(""))));
	}

	static void warnOfOlderVersion(Console console, Issue issue, Send send) {
		if (send.versionId() != issue.versionId()) {
			console.say(
					"Send %d is %s with an older version of %s, which is the one that was approved. To send the version of today: issue cancel %s, then issue send %s."
						.formatted(send.id(), send.status().inWords(), issue.slug(), issue.slug(), issue.slug()));
		}
	}

}
