package dev.herald.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines of like parts of the file, given out in their order to those of the mail.
 */
final class Lines {

	private final Map<String, Deque<Integer>> lines = new HashMap<>();

	void put(String name, int line) {
		this.lines.computeIfAbsent(name, (any) -> new ArrayDeque<>()).add(line);
	}

	/** 0 where the file has no more of that name. */
	int next(String name) {
		Deque<Integer> left = this.lines.get(name);
		return (left == null || left.isEmpty()) ? 0 : left.remove();
	}

}
