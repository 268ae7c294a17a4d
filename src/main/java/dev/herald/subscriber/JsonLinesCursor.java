package dev.herald.subscriber;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Rows of a file of JSON objects, one a line. What is nested in {@code attributes} is a
 * column of its own.
 */
final class JsonLinesCursor implements RowCursor {

	/** Characters of one line. */
	private static final int MAX_LINE = 100_000;

	private static final int MAX_NAMES = 1000;

	private final CountedStream stream;

	private final BufferedReader reader;

	private final List<String> header;

	private long line;

	JsonLinesCursor(Path path, Charset charset, List<String> header) throws IOException {
		this.stream = new CountedStream(Files.newInputStream(path));
		this.reader = ListFile.reader(this.stream, charset);
		this.header = header;
	}

	/** All that any line has, in the order in which they come up. */
	static List<String> names(Path path, Charset charset) throws IOException {
		Set<String> names = new LinkedHashSet<>();
		try (JsonLinesCursor cursor = new JsonLinesCursor(path, charset, List.of())) {
			for (String line = cursor.line(); line != null; line = cursor.line()) {
				Map<String, String> values = values(line);
				names.addAll((values != null) ? values.keySet() : Set.of());
				if (names.size() > MAX_NAMES) {
					throw Problem.work(Sentence.of("subscriber.many-columns", path.toString(), MAX_NAMES));
				}
			}
		}
		return List.copyOf(names);
	}

	@Override
	public @Nullable RawRow next() throws IOException {
		String text = line();
		if (text == null) {
			return null;
		}
		if (text.isBlank()) {
			return new RawRow(this.line, List.of(), null);
		}
		Map<String, String> values = values(text);
		if (values == null) {
			return new RawRow(this.line, List.of(text), Sentence.of("subscriber.row.json"));
		}
		List<String> fields = new ArrayList<>(Collections.nCopies(this.header.size(), ""));
		for (int i = 0; i < fields.size(); i++) {
			fields.set(i, values.getOrDefault(this.header.get(i), ""));
		}
		return new RawRow(this.line, fields, null);
	}

	private @Nullable String line() throws IOException {
		StringBuilder text = new StringBuilder();
		int c = this.reader.read();
		if (c < 0) {
			return null;
		}
		this.line++;
		for (; c >= 0 && c != '\n'; c = this.reader.read()) {
			if (text.length() < MAX_LINE) {
				text.append((char) c);
			}
		}
		return text.toString();
	}

	/** Null where the line is no JSON object. */
	private static @Nullable Map<String, String> values(String line) {
		try {
			JsonNode node = Attributes.JSON.readTree(line);
			if (!node.isObject()) {
				return null;
			}
			Map<String, String> values = new LinkedHashMap<>();
			node.properties().forEach((each) -> {
				if (each.getKey().equals(ListColumns.ATTRIBUTES) && each.getValue().isObject()) {
					each.getValue()
						.properties()
						.forEach((inner) -> values.put(ListColumns.ATTRIBUTE_PREFIX + inner.getKey(),
								Attributes.text(inner.getValue())));
				}
				else {
					values.put(each.getKey(), Attributes.text(each.getValue()));
				}
			});
			return values;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	@Override
	public long bytes() {
		return this.stream.count();
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
