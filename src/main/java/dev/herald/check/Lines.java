package dev.herald.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.problem.Sentence;

/**
 * The lines of like parts of the file, given out in their order to those of the mail.
 */
final class Lines {

	private static final int MOST = 10;

	private final Map<String, Deque<Integer>> lines = new HashMap<>();

	/** Where a thing is found again, for a sentence; empty where it is there once. */
	static Object others(List<Integer> lines) {
		List<Integer> others = lines.stream()
			.filter((line) -> line > 0 && !line.equals(lines.get(0)))
			.distinct()
			.toList();
		if (others.isEmpty()) {
			return "";
		}
		Sentence listed = Sentence.join("check.comma",
				others.stream().limit(MOST).map((line) -> Sentence.of("check.line", line)).toList());
		return Sentence.of((others.size() > MOST) ? "check.also.more" : "check.also", listed);
	}

	void put(String name, int line) {
		this.lines.computeIfAbsent(name, (any) -> new ArrayDeque<>()).add(line);
	}

	/** 0 where the file has no more of that name. */
	int next(String name) {
		Deque<Integer> left = this.lines.get(name);
		return (left == null || left.isEmpty()) ? 0 : left.remove();
	}

}
