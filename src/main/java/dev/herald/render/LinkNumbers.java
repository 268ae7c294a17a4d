package dev.herald.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the links of a plain text mail. They are listed at the end of their section; a
 * number names the same address throughout the mail. Not thread-safe.
 */
final class LinkNumbers {

	private final Map<String, Integer> numbers = new LinkedHashMap<>();

	private final List<String> unlisted = new ArrayList<>();

	String mark(String url) {
		Integer known = this.numbers.get(url);
		if (known != null) {
			return "[" + known + "]";
		}
		int number = this.numbers.size() + 1;
		this.numbers.put(url, number);
		this.unlisted.add("[" + number + "] " + url);
		return "[" + number + "]";
	}

	/** The lines of the section that ends, and begins the next. */
	List<String> listSection() {
		List<String> lines = List.copyOf(this.unlisted);
		this.unlisted.clear();
		return lines;
	}

}
