package dev.herald.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sentence as a column keeps it, such as why a send waits or is held: a JSON array of
 * its key and its values, which may be such arrays. What a relay or a server said is a
 * value, in its own words.
 */
final class KeptSentence {

	/** Of the columns. */
	static final int LONGEST = 4_000;

	/** Of one text in it; replies of relays are cut at as many. */
	private static final int LONGEST_TEXT = 500;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private KeptSentence() {
	}

	/** A problem that was said right away is a sentence of its own. */
	static Sentence of(Problem problem) {
		return problem.asSentence().orElseGet(() -> said(String.valueOf(problem.getMessage())));
	}

	static Sentence cancelledBy(Object who) {
		return Sentence.of("delivery.hold.cancelled", who);
	}

	/**
	 * What holds a send that was perhaps held already; whoever releases it must know
	 * both. Who restores again and again finds the oldest left out.
	 */
	static Sentence before(Sentence reason, @Nullable Sentence earlier) {
		if (earlier == null) {
			return reason;
		}
		Sentence both = Sentence.of("delivery.hold.before", reason, earlier);
		return (json(both).length() <= LONGEST) ? both : reason;
	}

	static String write(@Nullable Sentence reason) {
		if (reason == null) {
			return "";
		}
		String json = json(reason);
		return (json.length() <= LONGEST) ? json : json(said(cut(reason.toString())));
	}

	/**
	 * Null for an empty one. What no words are known for, since another version of Herald
	 * wrote it, is shown as it stands there: a send that waits must not become a page
	 * that fails.
	 */
	static @Nullable Sentence read(String stored) {
		if (stored.isEmpty()) {
			return null;
		}
		try {
			Sentence kept = sentence(MAPPER.readTree(stored));
			return hasWords(kept) ? kept : said(stored);
		}
		catch (JacksonException | IllegalArgumentException | MissingResourceException | IndexOutOfBoundsException ex) {
			return said(stored);
		}
	}

	/** Throws where there are none. */
	private static boolean hasWords(Sentence sentence) {
		return !sentence.toString().isBlank();
	}

	private static Sentence said(String text) {
		return Sentence.of("delivery.hold.said", text);
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
