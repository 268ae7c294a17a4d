package dev.herald.delivery;

import dev.herald.problem.KeptSentence;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Why a send waits, is held or was cancelled, and what slows a lane: as columns keep it.
 */
final class HoldReason {

	/** Of the columns. */
	static final int LONGEST = 4_000;

	private HoldReason() {
	}

	static Sentence cancelledBy(Object who) {
		return Sentence.of("delivery.hold.cancelled", who);
	}

	/**
	 * What holds a send that was perhaps held already; whoever releases it must know
	 * both. Who restores again and again finds the oldest left out.
	 */
	static Sentence before(Sentence reason, @Nullable Sentence earlier) {
		if (earlier == null) {
			return reason;
		}
		Sentence both = Sentence.of("delivery.hold.before", reason, earlier);
		return KeptSentence.fits(both, LONGEST) ? both : reason;
	}

	static String write(@Nullable Sentence reason) {
		return (reason != null) ? KeptSentence.write(reason, LONGEST) : "";
	}

	/**
	 * Null for an empty one. What no words are known for is shown as it stands there: a
	 * send that waits must not become a page that fails.
	 */
	static @Nullable Sentence read(String stored) {
		return stored.isEmpty() ? null : KeptSentence.read(stored).orElseGet(() -> KeptSentence.said(stored));
	}

}
