package dev.herald.segment;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a tree from JSON, strictly: what it does not know is a fault, and all faults are
 * told together. For one tree, and one thread.
 */
final class TreeReader {

	static final int LONGEST_NAME = 100;

	static final int LONGEST_VALUE = 500;

	static final int MOST_VALUES = 50;

	/** A hundred years. */
	static final int MOST_DAYS = 36_500;

	/** More are not told: somebody gave another file. */
	private static final int MOST_FAULTS = 20;

	/**
	 * What the database compares without loss: 15 digits before the point and 6 after it.
	 */
	private static final BigDecimal LARGEST = new BigDecimal("1E15");

	private static final int DECIMALS = 6;

	private final List<TreeProblem.Fault> faults = new ArrayList<>();

	private int conditions;

	/**
	 * @throws TreeProblem with all that is wrong
	 */
	Tree read(JsonNode root) {
		Tree tree = group(root, "", 1);
		if (this.conditions > Tree.MOST_CONDITIONS) {
			fault("", "segment.conditions.most", this.conditions, Tree.MOST_CONDITIONS);
		}
		if (tree == null || !this.faults.isEmpty()) {
			throw new TreeProblem(this.faults.subList(0, Math.min(MOST_FAULTS, this.faults.size())));
		}
		return tree;
	}

	private @Nullable Tree node(JsonNode node, String path, int depth) {
		return (node.isObject() && node.has("field")) ? condition(node, path) : group(node, path, depth);
	}

	private @Nullable Tree group(JsonNode node, String path, int depth) {
		List<String> modes = node.isObject()
				? node.propertyNames().stream().filter((name) -> match(name).isPresent()).toList() : List.of();
		if (modes.size() != 1) {
			fault(path, "segment.group");
			return null;
		}
		if (depth > Tree.DEEPEST) {
			fault(path, "segment.deep", Tree.DEEPEST);
			return null;
		}
		String mode = modes.get(0);
		Set<String> known = path.isEmpty() ? Set.of(mode, TreeJson.VERSION) : Set.of(mode);
		if (!onlyHas(node, path, known) || !isVersion(node.get(TreeJson.VERSION))) {
			return null;
		}
		JsonNode parts = node.get(mode);
		String here = path.isEmpty() ? mode : path + "." + mode;
		if (!parts.isArray() || parts.isEmpty()) {
			fault(here, "segment.group.empty");
			return null;
		}
		return group(match(mode).orElseThrow(), parts, here, depth);
	}

	private @Nullable Tree group(Tree.Match match, JsonNode nodes, String path, int depth) {
		List<Tree> parts = new ArrayList<>();
		for (int i = 0; i < nodes.size(); i++) {
			Tree part = node(nodes.get(i), path + "[" + i + "]", depth + 1);
			if (part != null) {
				parts.add(part);
			}
		}
		return (parts.size() == nodes.size()) ? new Tree.Group(match, parts) : null;
	}

	private boolean isVersion(@Nullable JsonNode version) {
		if (version != null && !(version.isInt() && version.intValue() == 1)) {
			fault(TreeJson.VERSION, "segment.version");
			return false;
		}
		return true;
	}

	private static Optional<Tree.Match> match(String key) {
		return Arrays.stream(Tree.Match.values())
			.filter((match) -> match.name().toLowerCase(Locale.ROOT).equals(key))
			.findFirst();
	}

	private @Nullable Tree condition(JsonNode node, String path) {
		this.conditions++;
		Optional<Question.Field> field = Question.Field.of(text(node.get("field")));
		if (field.isEmpty()) {
			fault(path + ".field", "segment.field",
					keys(Arrays.stream(Question.Field.values()).map(Question.Field::key).toList()));
			return null;
		}
		Optional<Question> test = Question.of(field.get(), text(node.get("test")));
		if (test.isEmpty()) {
			fault(path + ".test", "segment.test", keys(Question.of(field.get()).stream().map(Question::key).toList()));
			return null;
		}
		boolean named = field.get() == Question.Field.ATTRIBUTE;
		boolean valued = test.get().value() != Question.Value.NOTHING;
		Set<String> known = named
				? (valued ? Set.of("field", "test", "name", "value") : Set.of("field", "test", "name"))
				: (valued ? Set.of("field", "test", "value") : Set.of("field", "test"));
		if (!onlyHas(node, path, known)) {
			return null;
		}
		String name = named ? line(node.get("name"), path + ".name", LONGEST_NAME) : "";
		List<String> values = values(test.get().value(), node.get("value"), path + ".value");
		return (name != null && values != null) ? new Tree.Condition(test.get(), name, values) : null;
	}

	private @Nullable List<String> values(Question.Value kind, @Nullable JsonNode value, String path) {
		return switch (kind) {
			case NOTHING -> List.of();
			case TEXT, SLUG -> single(line(value, path, LONGEST_VALUE));
			case NUMBER -> single(number(value, path));
			case DAY -> single(day(value, path));
			case DAYS -> single(days(value, path));
			case NAMES -> names(value, path);
		};
	}

	private static @Nullable List<String> single(@Nullable String value) {
		return (value != null) ? List.of(value) : null;
	}

	/** One line of text, without blanks around it. */
	private @Nullable String line(@Nullable JsonNode value, String path, int longest) {
		String line = (value != null && value.isString()) ? value.stringValue().strip() : "";
		boolean wrong = line.codePoints()
			.anyMatch((c) -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
		if (line.isEmpty() || line.length() > longest || wrong) {
			fault(path, "segment.text", longest);
			return null;
		}
		return line;
	}

	private @Nullable String number(@Nullable JsonNode value, String path) {
		// A number of a million digits would take the conversion minutes.
		if (value == null || !value.isNumber() || value.asString().length() > 40) {
			fault(path, "segment.number");
			return null;
		}
		BigDecimal number = value.decimalValue().stripTrailingZeros();
		if (number.precision() - number.scale() > 15 || number.scale() > DECIMALS
				|| number.abs().compareTo(LARGEST) >= 0) {
			fault(path, "segment.number");
			return null;
		}
		return number.toPlainString();
	}

	private @Nullable String day(@Nullable JsonNode value, String path) {
		try {
			LocalDate day = LocalDate.parse(text(value));
			// What DATETIME holds on every database.
			if (day.getYear() >= 1000 && day.getYear() <= 9999) {
				return day.toString();
			}
		}
		catch (DateTimeException ex) {
			// Said below.
		}
		fault(path, "segment.day");
		return null;
	}

	private @Nullable String days(@Nullable JsonNode value, String path) {
		if (value == null || !value.isInt() || value.intValue() < 1 || value.intValue() > MOST_DAYS) {
			fault(path, "segment.days", MOST_DAYS);
			return null;
		}
		return Integer.toString(value.intValue());
	}

	private @Nullable List<String> names(@Nullable JsonNode value, String path) {
		if (value == null || !value.isArray() || value.isEmpty() || value.size() > MOST_VALUES) {
			fault(path, "segment.names", MOST_VALUES);
			return null;
		}
		List<String> names = new ArrayList<>();
		for (int i = 0; i < value.size(); i++) {
			String name = line(value.get(i), path + "[" + i + "]", LONGEST_NAME);
			if (name != null && !names.contains(name)) {
				names.add(name);
			}
		}
		return names.isEmpty() ? null : names;
	}

	private boolean onlyHas(JsonNode node, String path, Set<String> known) {
		List<String> unknown = node.propertyNames().stream().filter((name) -> !known.contains(name)).toList();
		if (!unknown.isEmpty()) {
			fault(path, "segment.unknown-field", shown(unknown.get(0)), keys(known.stream().sorted().toList()));
		}
		return unknown.isEmpty();
	}

	private static String shown(String name) {
		return (name.length() > 40) ? name.substring(0, 40) + "…" : name;
	}

	private static String keys(List<String> keys) {
		return keys.stream().collect(Collectors.joining(", "));
	}

	private static String text(@Nullable JsonNode value) {
		return (value != null && value.isString()) ? value.stringValue() : "";
	}

	private void fault(String path, String key, Object... values) {
		this.faults.add(new TreeProblem.Fault(path, Sentence.of(key, values)));
	}

}
