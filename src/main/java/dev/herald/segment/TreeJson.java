package dev.herald.segment;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.digest.Sha256;
import dev.herald.problem.Sentence;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Trees as JSON, as docs/segments.md describes it. */
public final class TreeJson {

	static final String VERSION = "version";

	/** Characters; 50 conditions of the longest texts are about a half of it. */
	public static final int LONGEST = 65_536;

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private TreeJson() {
	}

	/**
	 * @throws TreeProblem naming all that is wrong, and where
	 */
	public static Tree read(String json) {
		if (json.length() > LONGEST) {
			throw new TreeProblem("", Sentence.of("segment.json.long", LONGEST));
		}
		try {
			return new TreeReader().read(MAPPER.readTree(json));
		}
		catch (JacksonException ex) {
			TokenStreamLocation where = ex.getLocation();
			throw new TreeProblem("", Sentence.of("segment.json", (where != null) ? Math.max(where.getLineNr(), 1) : 1,
					(where != null) ? Math.max(where.getColumnNr(), 1) : 1));
		}
	}

	/**
	 * The same of maps, lists, texts and numbers instead of a text.
	 * @throws TreeProblem as above
	 */
	public static Tree of(Map<String, Object> values) {
		JsonNode node = MAPPER.valueToTree(values);
		return new TreeReader().read(node);
	}

	/** One line; the same tree is always the same text. */
	public static String write(Tree tree) {
		return MAPPER.writeValueAsString(versioned(tree));
	}

	/** For people. */
	public static String pretty(Tree tree) {
		return PRETTY.writeValueAsString(versioned(tree));
	}

	/** SHA-256 of it in hex: the same for the same tree. */
	public static String digest(Tree tree) {
		return digest(write(tree));
	}

	static String digest(String text) {
		return Sha256.hex(text);
	}

	private static Map<String, Object> versioned(Tree tree) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(VERSION, 1);
		values.putAll(values(tree));
		return values;
	}

	private static Map<String, Object> values(Tree tree) {
		if (tree instanceof Tree.Group group) {
			return Map.of(group.match().name().toLowerCase(Locale.ROOT),
					group.parts().stream().map(TreeJson::values).toList());
		}
		return values((Tree.Condition) tree);
	}

	private static Map<String, Object> values(Tree.Condition condition) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("field", condition.test().field().key());
		if (!condition.name().isEmpty()) {
			values.put("name", condition.name());
		}
		values.put("test", condition.test().key());
		switch (condition.test().value()) {
			case NOTHING -> {
			}
			case TEXT, DAY, SLUG -> values.put("value", condition.value());
			case NUMBER -> values.put("value", new BigDecimal(condition.value()));
			case DAYS -> values.put("value", Integer.valueOf(condition.value()));
			case NAMES -> values.put("value", List.copyOf(condition.values()));
		}
		return values;
	}

}
