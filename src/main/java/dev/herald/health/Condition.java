package dev.herald.health;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is well or is not.
 *
 * @param what is so; holds no secret
 * @param remedy what to do; null where all is well
 */
public record Condition(Area area, Level level, Sentence what, @Nullable Sentence remedy) {

	static Condition good(Area area, String key, Object... values) {
		return new Condition(area, Level.GOOD, Sentence.of(key, values), null);
	}

	static Condition warning(Area area, String key, Object... values) {
		return wrong(area, Level.WARNING, key, values);
	}

	static Condition bad(Area area, String key, Object... values) {
		return wrong(area, Level.BAD, key, values);
	}

	private static Condition wrong(Area area, Level level, String key, Object... values) {
		return new Condition(area, level, Sentence.of(key, values), Sentence.of(key + ".do", values));
	}

	/** What it is about. */
	public enum Area {

		DATABASE, CLOCK, DISK, RELAYS, MAILBOXES, QUEUE, JOBS

	}

	/** The worse, the later. */
	public enum Level {

		GOOD, WARNING, BAD

	}

}
