package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what strangers send: bounded, and never surprised by a missing field. */
final class Json {

	/** Documented events nest six deep. */
	private static final int MAX_DEPTH = 50;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(
					StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(100).build())
			.build())
		.build();

	private Json() {
	}

	/**
	 * @throws JacksonException where it is empty or no JSON, or nests too deep
	 */
	static JsonNode parse(byte[] json) {
		return MAPPER.readValue(json, JsonNode.class);
	}

	/**
	 * @throws JacksonException where it is empty or no JSON, or nests too deep
	 */
	static JsonNode parse(String json) {
		return MAPPER.readValue(json, JsonNode.class);
	}

	/** One event, or the events of a list. */
	static List<JsonNode> events(JsonNode root) {
		return root.isArray() ? elements(root) : List.of(root);
	}

	/** Of an array; none of anything else. */
	static List<JsonNode> elements(JsonNode array) {
		List<JsonNode> elements = new ArrayList<>();
		if (array.isArray()) {
			array.forEach(elements::add);
		}
		return elements;
	}

	/** A text or number at the end of a path, or empty text. */
	static String text(JsonNode node, String... path) {
		JsonNode at = node;
		for (String name : path) {
			at = at.path(name);
		}
		return (at.isString() || at.isNumber()) ? at.asString() : "";
	}

	/** The same for the same event, told again. */
	static byte[] bytes(JsonNode event) {
		return event.toString().getBytes(StandardCharsets.UTF_8);
	}

}
