package dev.herald.issue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.issue.FrontMatter.Value;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** TOML front matter. */
final class TomlBlock {

	/** The parser descends once a bracket; some ten thousand of them end its stack. */
	private static final int MAX_DEPTH = 50;

	private static final int FIRST_LINE = 2;

	private TomlBlock() {
	}

	static Map<String, Value> read(String fileName, String block) {
		checkDepth(fileName, block);
		TomlParseResult table = parse(fileName, block);
		if (table.hasErrors()) {
			TomlParseError error = table.errors().get(0);
			throw new Problem(Problem.Kind.WORK, Sentence.of("issue.toml", fileName,
					FIRST_LINE + error.position().line() - 1, FrontMatter.shown(String.valueOf(error.getMessage()))),
					error);
		}
		Map<String, Value> result = new LinkedHashMap<>();
		for (String key : table.keySet()) {
			List<String> path = List.of(key);
			Object value = table.get(path);
			TomlPosition position = table.inputPositionOf(path);
			if (value != null && !(value instanceof TomlTable) && !(value instanceof TomlArray)) {
				int line = (position != null) ? FIRST_LINE + position.line() - 1 : FIRST_LINE;
				result.put(key.toLowerCase(Locale.ROOT), new Value(value.toString(), line));
			}
		}
		return result;
	}

	/**
	 * Having met an error, tomlj 1.1.1 reads on, and fails at what comes then: an escape
	 * without its digits (AssertionError), a time whose zone has none
	 * (NullPointerException).
	 */
	private static TomlParseResult parse(String fileName, String block) {
		try {
			return Toml.parse(block);
		}
		catch (AssertionError | RuntimeException ex) {
			throw new Problem(Problem.Kind.WORK, Sentence.of("issue.toml.somewhere", fileName), ex);
		}
	}

	private static void checkDepth(String fileName, String block) {
		int depth = 0;
		int line = FIRST_LINE;
		for (int i = 0; i < block.length(); i++) {
			switch (block.charAt(i)) {
				case '\n' -> line++;
				case '[', '{' -> depth++;
				case ']', '}' -> depth--;
				default -> {
				}
			}
			if (depth > MAX_DEPTH) {
				throw Problem.work(Sentence.of("issue.toml.deep", fileName, line, MAX_DEPTH));
			}
		}
	}

}
