package dev.herald.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.pacing.WarmUp;
import dev.herald.problem.Problem;

/**
 * Warm-up plans as a person types them, one a line:
 * {@code news.example.org 2026-03-01 50, 100, 500}.
 */
final class WarmUpText {

	private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\d{4}-\\d{2}-\\d{2})\\s+(\\d+(?:[,\\s]+\\d+)*)");

	private WarmUpText() {
	}

	static String of(List<WarmUp> plans) {
		return plans.stream()
			.map((plan) -> "%s %s %s".formatted(plan.name(), plan.start(),
					plan.daily().stream().map(String::valueOf).collect(Collectors.joining(", "))))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * The lines as keys of batch/send-issue.yaml.
	 * @param key the list's
	 * @throws Problem naming the line that is none
	 */
	static Map<String, String> keys(String key, String text) {
		Map<String, String> keys = new LinkedHashMap<>();
		int number = 0;
		for (String line : text.strip().lines().map(String::strip).filter((each) -> !each.isEmpty()).toList()) {
			Matcher matcher = LINE.matcher(line);
			if (!matcher.matches()) {
				throw Problem
					.usage(("'%.80s' is no warm-up plan. Write the relay or sender domain, the day of its start"
							+ " and the messages of each day, such as: news.example.org 2026-03-01 50, 100, 500")
						.formatted(line));
			}
			String plan = "%s[%d].".formatted(key, number++);
			keys.put(plan + "name", matcher.group(1));
			keys.put(plan + "start", matcher.group(2));
			keys.put(plan + "daily", matcher.group(3).replaceAll("[,\\s]+", ","));
		}
		return keys.isEmpty() ? Map.of(key, "") : keys;
	}

}
