package dev.herald.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sentence as a column keeps it, such as why a send waits or a job failed: a JSON array
 * of its key and its values, which may be such arrays. What a relay or a server said is a
 * value, in its own words.
 */
public final class KeptSentence {

	/** Of one text in it; replies of relays are cut at as many. */
	private static final int LONGEST_TEXT = 500;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private KeptSentence() {
	}

	/** A problem that was said right away is a sentence of its own. */
	public static Sentence of(Problem problem) {
		return problem.asSentence().orElseGet(() -> said(String.valueOf(problem.getMessage())));
	}

	/** What a program said, in its own words. */
	public static Sentence said(String text) {
		return Sentence.of("problem.said", text);
	}

	/**
	 * What is too long with all its values is kept as it reads in English, cut.
	 * @param longest of the column, in characters: more than twice what is left of a text
	 * that is cut
	 */
	public static String write(Sentence sentence, int longest) {
		String json = json(sentence);
		return (json.length() <= longest) ? json : json(said(cut(sentence.toString())));
	}

	/** Whether it is kept as it is in a column of so many characters. */
	public static boolean fits(Sentence sentence, int longest) {
		return json(sentence).length() <= longest;
	}

	/**
	 * Empty where there is none, or one that no words are known for, since another
	 * version of Herald wrote it.
	 */
	public static Optional<Sentence> read(String stored) {
		try {
			Sentence kept = sentence(MAPPER.readTree(stored));
			return hasWords(kept) ? Optional.of(kept) : Optional.empty();
		}
		catch (JacksonException | IllegalArgumentException | MissingResourceException | IndexOutOfBoundsException ex) {
			return Optional.empty();
		}
	}

	/** Throws where there are none. */
	private static boolean hasWords(Sentence sentence) {
		return !sentence.toString().isBlank();
	}

	private static String json(Sentence sentence) {
		return MAPPER.writeValueAsString(values(sentence));
	}

	private static List<Object> values(Sentence sentence) {
		List<Object> values = new ArrayList<>();
		values.add(sentence.key());
		sentence.values().forEach((value) -> values.add(value(value)));
		return values;
	}

	private static Object value(Object value) {
		if (value instanceof Sentence sentence) {
			return values(sentence);
		}
		return (value instanceof Number) ? value : cut(value.toString());
	}

	private static String cut(String text) {
		return (text.length() <= LONGEST_TEXT) ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
	}

	private static Sentence sentence(JsonNode node) {
		if (!node.isArray() || node.isEmpty() || !node.get(0).isString()) {
			throw new IllegalArgumentException("No sentence: " + node.getNodeType());
		}
		List<Object> values = new ArrayList<>();
		for (int i = 1; i < node.size(); i++) {
			values.add(value(node.get(i)));
		}
		return new Sentence(node.get(0).asString(), values);
	}

	private static Object value(JsonNode node) {
		if (node.isArray()) {
			return sentence(node);
		}
		return node.isNumber() ? node.numberValue() : node.asString();
	}

}
