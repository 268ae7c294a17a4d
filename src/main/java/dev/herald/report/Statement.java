package dev.herald.report;

import java.time.Duration;
import java.util.List;

import dev.herald.delivery.SendStatus;

/**
 * One thing that a report says, without its words: they are those of {@link ReportWords}.
 *
 * @param key of the words, behind "sentence."
 * @param values numbers, texts, {@link Duration}s and {@link SendStatus}es
 */
record Statement(String key, List<Object> values) {

	static Statement of(String key, Object... values) {
		return new Statement(key, List.of(values));
	}

	String in(ReportWords words) {
		return words.say("sentence." + this.key, this.values.stream().map((value) -> plain(value, words)).toArray());
	}

	private static Object plain(Object value, ReportWords words) {
		if (value instanceof Duration duration) {
			return span(duration, words);
		}
		return (value instanceof SendStatus status) ? words.say("status." + status) : value;
	}

	private static String span(Duration duration, ReportWords words) {
		long seconds = Math.max(duration.toSeconds(), 1);
		if (seconds < 120) {
			return words.say("sentence.seconds", seconds);
		}
		long minutes = Math.round(seconds / 60.0);
		if (minutes < 120) {
			return words.say("sentence.minutes", minutes);
		}
		long hours = Math.round(minutes / 60.0);
		return (hours < 72) ? words.say("sentence.hours", hours) : words.say("sentence.days", Math.round(hours / 24.0));
	}

}
