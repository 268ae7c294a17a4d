package dev.herald.returns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Header fields in their order, unfolded (RFC 5322 section 2.2.3), names in lower case.
 * Tolerant: a line that is no field ends nothing. Immutable.
 */
public final class HeaderFields {

	/** Real reports have under 100; more is kept out of memory. */
	private static final int MAX_FIELDS = 500;

	/** Of one unfolded value, in characters. */
	private static final int MAX_VALUE = 8_000;

	private final List<Field> fields;

	private HeaderFields(List<Field> fields) {
		this.fields = List.copyOf(fields);
	}

	/** Reads lines until the end of the text; blank lines are passed over. */
	static HeaderFields parse(String text) {
		List<Field> fields = new ArrayList<>();
		StringBuilder value = new StringBuilder();
		String name = "";
		for (String line : (Iterable<String>) text.lines()::iterator) {
			boolean continued = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
			if (continued) {
				append(value, line);
				continue;
			}
			add(fields, name, value);
			if (fields.size() == MAX_FIELDS) {
				return new HeaderFields(fields);
			}
			name = name(line);
			value.setLength(0);
			append(value, line.substring(line.indexOf(':') + 1));
		}
		add(fields, name, value);
		return new HeaderFields(fields);
	}

	private static void add(List<Field> fields, String name, StringBuilder value) {
		if (!name.isEmpty() && fields.size() < MAX_FIELDS) {
			fields.add(new Field(name, value.toString().strip()));
		}
	}

	private static void append(StringBuilder value, String line) {
		int room = MAX_VALUE - value.length();
		if (room > 1) {
			String text = line.strip();
			value.append(value.isEmpty() ? "" : " ").append(text, 0, Math.min(text.length(), room - 1));
		}
	}

	/**
	 * RFC 5322 section 2.2: printable US-ASCII without a space; empty where it is none.
	 */
	private static String name(String line) {
		int colon = line.indexOf(':');
		String name = (colon > 0) ? line.substring(0, colon).stripTrailing() : "";
		boolean valid = name.length() <= 100 && name.chars().allMatch((c) -> c > 32 && c < 127);
		return valid ? name.toLowerCase(Locale.ROOT) : "";
	}

	/** Of the bytes of a header: UTF-8 (RFC 6532) where they are that, else Latin-1. */
	static String text(byte[] bytes) {
		String utf8 = new String(bytes, StandardCharsets.UTF_8);
		return (utf8.indexOf('\ufffd') < 0) ? utf8 : new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/** The first field of that name, or empty text. */
	public String first(String name) {
		return all(name).stream().findFirst().orElse("");
	}

	public List<String> all(String name) {
		return this.fields.stream().filter((field) -> field.name().equals(name)).map(Field::value).toList();
	}

	public boolean has(String name) {
		return this.fields.stream().anyMatch((field) -> field.name().equals(name));
	}

	boolean isEmpty() {
		return this.fields.isEmpty();
	}

	private record Field(String name, String value) {
	}

}
