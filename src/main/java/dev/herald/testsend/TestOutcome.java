package dev.herald.testsend;

import dev.herald.problem.Sentence;
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
	default Sentence inWords() {
		if (this instanceof Tried tried) {
			return inWords(tried.outcome());
		}
		return (this instanceof Suppressed suppressed)
				? Sentence.of("testsend.suppressed", Sentence.of("testsend.reason." + suppressed.reason()))
				: Sentence.of("testsend.not-tried");
	}

	private static Sentence inWords(SendOutcome outcome) {
		if (outcome instanceof SendOutcome.Accepted accepted) {
			return Sentence.of("testsend.accepted", accepted.reply().text());
		}
		if (outcome instanceof SendOutcome.Deferred deferred) {
			return Sentence.of("testsend.deferred", deferred.reply().text());
		}
		if (outcome instanceof SendOutcome.Rejected rejected) {
			return Sentence.of("testsend.rejected", rejected.reply().text());
		}
		if (outcome instanceof SendOutcome.Uncertain uncertain) {
			return Sentence.of("testsend.uncertain", uncertain.reason());
		}
		if (outcome instanceof SendOutcome.RelayUnavailable unavailable) {
			return Sentence.of("testsend.unavailable", unavailable.reason());
		}
		return (outcome instanceof SendOutcome.Refused refused) ? Sentence.of("testsend.refused", refused.reason())
				: Sentence.of("testsend.not-sent");
	}

}
