package dev.herald.cli;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of maps, collections, texts, numbers, truth values and null. Not
 * Jackson: loading it is a tenth of a small command's time.
 */
final class Json {

	private Json() {
	}

	static String of(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> quote(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
		}
		if (value == null || value instanceof Number || value instanceof Boolean) {
			return String.valueOf(value);
		}
		return quote(value.toString());
	}

	private static String quote(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '"', '\\' -> quoted.append('\\').append(c);
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				default -> {
					if (c < ' ' || (c >= 0x7f && c < 0xa0) || Character.isSurrogate(c)) {
						quoted.append("\\u%04x".formatted((int) c));
					}
					else {
						quoted.append(c);
					}
				}
			}
		}
		return quoted.append('"').toString();
	}

}
