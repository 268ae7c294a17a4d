package dev.herald.pacing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * A share, written {@code 20%}. Immutable.
 *
 * @param value 1 to 100
 */
public record Percent(int value) {

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}) ?%");

	/**
	 * @throws Problem when the value is out of its limits
	 */
	public Percent {
		if (value < 1 || value > 100) {
			throw Problem.usage(Sentence.of("pacing.percent.limits", value));
		}
	}

	/**
	 * @throws Problem saying what is wrong
	 */
	public static Percent of(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		if (!matcher.matches()) {
			throw Problem.usage(Sentence.of("pacing.percent", text));
		}
		return new Percent(Integer.parseInt(matcher.group(1)));
	}

	/**
	 * What YAML makes of a value whose percent sign was forgotten: refused with the words
	 * of {@link #of}.
	 */
	public static Percent from(Integer number) {
		return of(number.toString());
	}

	@Override
	public String toString() {
		return this.value + "%";
	}

}
