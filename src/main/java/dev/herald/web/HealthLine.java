package dev.herald.web;

import dev.herald.health.Condition;

/**
 * A condition in the reader's words.
 *
 * @param remedy what to do; empty where all is well
 */
public record HealthLine(Condition.Area area, Condition.Level level, String text, String remedy) {

	static HealthLine of(Condition condition, Words words) {
		return new HealthLine(condition.area(), condition.level(), condition.in(words::say),
				condition.remedy(words::say));
	}

}
