package dev.herald.pacing;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * A number of messages in a unit of time: {@code 50/s}, {@code 600/m}, {@code 1000/h},
 * {@code 20000/d}. Immutable.
 *
 * @param count of messages in one unit, 1 to 1,000,000
 */
public record Rate(int count, Unit unit) {

	static final int MAX = 1_000_000;

	/** Nine digits fit an int; more are out of the limit in any case. */
	private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/([smhd])");

	/**
	 * @throws Problem when the count is out of its limits
	 */
	public Rate {
		if (count < 1 || count > MAX) {
			throw Problem.usage(Sentence.of("pacing.rate.limits", MAX, count));
		}
	}

	/**
	 * Parses a number, a slash and the unit's letter.
	 * @throws Problem saying what is wrong
	 */
	public static Rate of(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		if (!matcher.matches()) {
			throw Problem.usage(Sentence.of("pacing.rate", text));
		}
		return new Rate(Integer.parseInt(matcher.group(1)), Unit.of(matcher.group(2)));
	}

	/**
	 * What YAML makes of a value whose unit was forgotten: refused with the words of
	 * {@link #of}.
	 */
	public static Rate from(Integer number) {
		return of(number.toString());
	}

	/**
	 * The nearest rate in whole messages, with two digits at least where an hour has that
	 * many: 1.5 a second is {@code 90/m}. Between 1/h and {@value #MAX}/s.
	 */
	static Rate perSecond(double messages) {
		for (Unit unit : new Unit[] { Unit.SECOND, Unit.MINUTE }) {
			double count = messages * unit.length.toSeconds();
			if (count >= 10) {
				return new Rate((int) Math.min(MAX, Math.round(count)), unit);
			}
		}
		return new Rate((int) Math.max(1, Math.round(messages * Unit.HOUR.length.toSeconds())), Unit.HOUR);
	}

	double perSecond() {
		return (double) this.count / this.unit.length.toSeconds();
	}

	/** As it is written in settings. */
	@Override
	public String toString() {
		return this.count + "/" + this.unit.letter;
	}

	/** What the messages are counted in; each has a sliding window of its length. */
	public enum Unit {

		SECOND("s", Duration.ofSeconds(1)), MINUTE("m", Duration.ofMinutes(1)), HOUR("h", Duration.ofHours(1)),
		DAY("d", Duration.ofDays(1));

		private final String letter;

		private final Duration length;

		Unit(String letter, Duration length) {
			this.letter = letter;
			this.length = length;
		}

		public Duration length() {
			return this.length;
		}

		private static Unit of(String letter) {
			for (Unit unit : values()) {
				if (unit.letter.equals(letter)) {
					return unit;
				}
			}
			throw new IllegalArgumentException(letter);
		}

	}

}
