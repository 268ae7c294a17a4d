package dev.herald.issue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * What stands before an issue's text. YAML between two lines of {@code ---}, TOML between
 * two of {@code +++}, Pelican's {@code Key: value} lines, or nothing: then the file
 * begins with its text, be it a thematic break.
 *
 * @param values by key, lower case, in the file's order
 * @param body the text after it
 * @param firstLine the line of the file that body begins on, from 1
 */
record FrontMatter(Map<String, Value> values, String body, int firstLine) {

	/** In characters. Real ones have less than 4,000. */
	private static final int MAX_LENGTH = 65_536;

	/** A key as people write it in front matter: one word. */
	private static final Pattern YAML_KEY = Pattern.compile("[\"']?[\\p{L}_][\\p{L}\\p{N}_.-]*[\"']?\\s*:(\\s.*)?");

	private static final Pattern TOML_KEY = Pattern.compile("\\s*[\"']?[A-Za-z0-9_.-]+[\"']?\\s*=.*|\\s*\\[.*|\\s*#.*");

	/**
	 * Tell front matter that begins with an empty line or a comment from a text between
	 * two thematic breaks.
	 */
	private static final Set<String> USUAL = Set.of("title", "date", "slug", "layout", "author", "tags", "category",
			"lang", "description", "permalink", "draft");

	/** One value and the line of the file it stands on. */
	record Value(String text, int line) {
	}

	@Nullable Value get(String key) {
		Value value = this.values.get(key);
		return (value != null && !value.text().isBlank()) ? value : null;
	}

	Map<String, String> texts() {
		Map<String, String> result = new LinkedHashMap<>();
		this.values.forEach((key, value) -> result.put(key, value.text()));
		return Map.copyOf(result);
	}

	/**
	 * @throws Problem naming the line of front matter that can't be read
	 */
	static FrontMatter of(String fileName, String text) {
		List<String> lines = text.lines().toList();
		String first = lines.isEmpty() ? "" : lines.get(0).stripTrailing();
		return switch (first) {
			case "---" -> yaml(fileName, text, lines);
			case "+++" -> toml(fileName, text, lines);
			default -> MetadataLines.read(text, lines);
		};
	}

	static FrontMatter none(String text) {
		return new FrontMatter(Map.of(), text, 1);
	}

	static FrontMatter before(String text, Map<String, Value> values, int endLine) {
		int from = 0;
		for (int line = 0; line < endLine && from < text.length(); line++) {
			int end = text.indexOf('\n', from);
			from = (end < 0) ? text.length() : end + 1;
		}
		return new FrontMatter(values, text.substring(from), endLine + 1);
	}

	private static FrontMatter yaml(String fileName, String text, List<String> lines) {
		boolean intended = lines.size() > 1 && YAML_KEY.matcher(lines.get(1)).matches();
		int end = endOf(lines, Set.of("---", "..."));
		if (end < 0) {
			if (intended) {
				throw unclosed(fileName, "---");
			}
			return none(text);
		}
		String block = block(fileName, lines, end);
		Map<String, Value> values;
		try {
			values = YamlBlock.read(fileName, block);
		}
		catch (Problem ex) {
			if (intended) {
				throw ex;
			}
			return none(text);
		}
		boolean surely = intended || end == 1 || values.keySet().stream().anyMatch(USUAL::contains);
		return surely ? before(text, values, end + 1) : none(text);
	}

	private static FrontMatter toml(String fileName, String text, List<String> lines) {
		boolean intended = lines.size() > 1 && TOML_KEY.matcher(lines.get(1)).matches();
		int end = endOf(lines, Set.of("+++"));
		if (end < 0) {
			if (intended) {
				throw unclosed(fileName, "+++");
			}
			return none(text);
		}
		return before(text, TomlBlock.read(fileName, block(fileName, lines, end)), end + 1);
	}

	private static int endOf(List<String> lines, Set<String> marks) {
		for (int i = 1; i < lines.size(); i++) {
			if (marks.contains(lines.get(i).stripTrailing())) {
				return i;
			}
		}
		return -1;
	}

	private static String block(String fileName, List<String> lines, int end) {
		String block = String.join("\n", lines.subList(1, end));
		if (block.length() > MAX_LENGTH) {
			throw Problem.work(Sentence.of("issue.front.long", fileName, MAX_LENGTH));
		}
		return block;
	}

	private static Problem unclosed(String fileName, String mark) {
		return Problem.work(Sentence.of("issue.front.open", fileName, mark));
	}

	/**
	 * What stands in a file as a message shows it: a tab by its name, no control
	 * character that a terminal would act on.
	 */
	static String shown(String text) {
		return text.replace("\t", "tab").replaceAll("\\p{Cc}", " ");
	}

}
