package dev.herald.testsend;

import dev.herald.smtp.SendOutcome;
import dev.herald.subscriber.SuppressionReason;

/** What became of one mail of a test. */
public sealed interface TestOutcome {

	/** The relay was asked. */
	record Tried(SendOutcome outcome) implements TestOutcome {
	}

	/** The address gets nothing from this installation, tests neither. */
	record Suppressed(SuppressionReason reason) implements TestOutcome {
	}

	/** The relay failed at an earlier mail of the test. */
	record NotTried() implements TestOutcome {
	}

	default boolean isAccepted() {
		return this instanceof Tried tried && tried.outcome() instanceof SendOutcome.Accepted;
	}

	/** For people: what happened, with the relay's own words, and what to do. */
	default String inWords() {
		if (this instanceof Tried tried) {
			return inWords(tried.outcome());
		}
		return (this instanceof Suppressed suppressed)
				? "not sent: the address is suppressed (%s), and gets nothing from here".formatted(suppressed.reason())
				: "not tried, since the relay failed before";
	}

	private static String inWords(SendOutcome outcome) {
		if (outcome instanceof SendOutcome.Accepted accepted) {
			return "accepted by the relay: " + accepted.reply().text();
		}
		if (outcome instanceof SendOutcome.Deferred deferred) {
			return "deferred by the relay, and a test is not tried again: " + deferred.reply().text();
		}
		if (outcome instanceof SendOutcome.Rejected rejected) {
			return "rejected by the relay: " + rejected.reply().text();
		}
		if (outcome instanceof SendOutcome.Uncertain uncertain) {
			return "uncertain, it may arrive: " + uncertain.reason();
		}
		if (outcome instanceof SendOutcome.RelayUnavailable unavailable) {
			return "not sent: " + unavailable.reason();
		}
		return (outcome instanceof SendOutcome.Refused refused)
				? "not sent, the relay refuses whatever comes from here: " + refused.reply().text() : "not sent";
	}

}
