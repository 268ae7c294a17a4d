package dev.herald.health;

import java.util.List;

import dev.herald.report.ReportWords;

/**
 * One thing that is well or is not, without its words: they are those of
 * {@link ReportWords}.
 *
 * @param key of the words, behind "health."
 * @param values numbers and texts; no secret
 */
public record Condition(Area area, Level level, String key, List<Object> values) {

	public Condition {
		values = List.copyOf(values);
	}

	static Condition good(Area area, String key, Object... values) {
		return new Condition(area, Level.GOOD, key, List.of(values));
	}

	static Condition warning(Area area, String key, Object... values) {
		return new Condition(area, Level.WARNING, key, List.of(values));
	}

	static Condition bad(Area area, String key, Object... values) {
		return new Condition(area, Level.BAD, key, List.of(values));
	}

	public String in(ReportWords words) {
		return words.say("health." + this.key, this.values.toArray());
	}

	/** What to do; empty where all is well. */
	public String remedy(ReportWords words) {
		return (this.level == Level.GOOD) ? "" : words.say("health." + this.key + ".do", this.values.toArray());
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
