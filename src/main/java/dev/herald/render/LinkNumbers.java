package dev.herald.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers the links and notes of a plain text mail. Links are listed at the end of their
 * section, each once; a number names the same address throughout the mail. Not
 * thread-safe.
 */
final class LinkNumbers {

	private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

	private final Map<String, Integer> links = new LinkedHashMap<>();

	private final Map<String, Integer> notes = new LinkedHashMap<>();

	private final TreeMap<Integer, String> section = new TreeMap<>();

	String mark(String url) {
		int number = this.links.computeIfAbsent(url, (any) -> this.links.size() + 1);
		this.section.put(number, url);
		return "[" + number + "]";
	}

	/** How many the section has so far. */
	int inSection() {
		return this.section.size();
	}

	/** The lines of the section that ends, and begins the next. */
	List<String> listSection() {
		List<String> lines = this.section.entrySet()
			.stream()
			.map((link) -> "[" + link.getKey() + "] " + link.getValue())
			.toList();
		this.section.clear();
		return lines;
	}

	/** The mark of a note, a raised number as in print: brackets are for links. */
	String note(String label) {
		int number = this.notes.computeIfAbsent(key(label), (any) -> this.notes.size() + 1);
		StringBuilder mark = new StringBuilder();
		for (char digit : Integer.toString(number).toCharArray()) {
			mark.append(SUPERSCRIPTS.charAt(digit - '0'));
		}
		return mark.toString();
	}

	/** In the order of their marks. */
	int order(String label) {
		return this.notes.getOrDefault(key(label), Integer.MAX_VALUE);
	}

	private static String key(String label) {
		return label.toLowerCase(Locale.ROOT);
	}

}
