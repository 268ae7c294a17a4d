package dev.herald.subscriber;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What else is known of subscribers, as other programs write it down in one value. */
final class Attributes {

	static final JsonMapper JSON = JsonMapper.shared();

	private Attributes() {
	}

	/** The values of a JSON object; null where the text is none. */
	static @Nullable Map<String, String> of(String json) {
		try {
			JsonNode node = JSON.readTree(json);
			if (!node.isObject()) {
				return null;
			}
			Map<String, String> values = new LinkedHashMap<>();
			node.properties().forEach((each) -> values.put(each.getKey(), text(each.getValue())));
			return values;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** What is nested deeper stays JSON. */
	static String text(JsonNode value) {
		if (value.isNull()) {
			return "";
		}
		return value.isContainer() ? value.toString() : value.asString();
	}

}
