package dev.herald.web;

import dev.herald.health.Condition;
import dev.herald.problem.Sentence;

/**
 * A condition in the reader's words.
 *
 * @param remedy what to do; empty where all is well
 */
public record HealthLine(Condition.Area area, Condition.Level level, String text, String remedy) {

	static HealthLine of(Condition condition, Words words) {
		Sentence remedy = condition.remedy();
		return new HealthLine(condition.area(), condition.level(), words.say(condition.what()),
				(remedy != null) ? words.say(remedy) : "");
	}

}
