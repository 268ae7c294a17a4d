package dev.herald.pacing;

import java.time.Duration;

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
	static String duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < 90) {
			return seconds + " s";
		}
		return (seconds < 5400) ? (seconds + 30) / 60 + " min" : (seconds + 1800) / 3600 + " h";
	}

}
