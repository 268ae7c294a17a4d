package dev.herald.pacing;

import java.time.Duration;

import dev.herald.problem.Sentence;

/** What lines of status are made of. */
final class Wording {

	private static final int LONGEST_REPLY = 120;

	private Wording() {
	}

	/** A reply on one line, cut. */
	static String reply(String text) {
		String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
		return (line.codePointCount(0, line.length()) <= LONGEST_REPLY) ? line
				: line.substring(0, line.offsetByCodePoints(0, LONGEST_REPLY - 1)) + "…";
	}

	/** In one unit, rounded. */
	static Sentence duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < 90) {
			return Sentence.of("pacing.seconds", seconds);
		}
		return (seconds < 5400) ? Sentence.of("pacing.minutes", (seconds + 30) / 60)
				: Sentence.of("pacing.hours", (seconds + 1800) / 3600);
	}

}
