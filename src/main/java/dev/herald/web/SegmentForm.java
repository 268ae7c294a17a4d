package dev.herald.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.segment.Question;
import dev.herald.segment.Segment;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeJson;
import dev.herald.segment.TreeProblem;
import org.jspecify.annotations.Nullable;

/**
 * A segment as it is typed: rows of conditions in one group, or the JSON of a tree that
 * has groups in it; and what is wrong beside each field. For one request.
 */
final class SegmentForm {

	private static final Pattern PLACE = Pattern
		.compile("(?:all|any|none)\\[(\\d{1,4})]\\.(field|test|name|value)(?:\\[\\d+])?");

	/** Said of JSON, with its quotes; here in other words. */
	private static final Set<String> OF_JSON = Set.of("segment.text", "segment.number", "segment.day", "segment.days",
			"segment.names");

	private final Words words;

	private final String name;

	private final String match;

	private final List<Row> rows;

	private final @Nullable String json;

	private final Map<String, String> errors = new LinkedHashMap<>();

	private SegmentForm(Words words, String name, String match, List<Row> rows, @Nullable String json) {
		this.words = words;
		this.name = name;
		this.match = match;
		this.rows = List.copyOf(rows);
		this.json = json;
	}

	static SegmentForm empty(Words words) {
		return new SegmentForm(words, "", "all", List.of(Row.EMPTY), null);
	}

	static SegmentForm of(Segment segment, Words words) {
		Tree.Group group = (Tree.Group) segment.tree();
		boolean flat = group.parts().stream().allMatch(Tree.Condition.class::isInstance);
		List<Row> rows = flat ? group.parts().stream().map((part) -> Row.of((Tree.Condition) part)).toList()
				: List.of();
		return new SegmentForm(words, segment.name(), group.match().name().toLowerCase(Locale.ROOT), rows,
				flat ? null : TreeJson.pretty(group));
	}

	static SegmentForm of(Map<String, String> fields, Words words) {
		List<Row> rows = new ArrayList<>();
		for (int i = 0; i < Tree.MOST_CONDITIONS; i++) {
			if (fields.containsKey("test." + i)) {
				rows.add(new Row(fields.getOrDefault("test." + i, ""), fields.getOrDefault("name." + i, ""),
						fields.getOrDefault("value." + i, "")));
			}
		}
		String match = fields.getOrDefault("match", "");
		boolean known = Arrays.stream(Tree.Match.values()).anyMatch((each) -> each.name().equalsIgnoreCase(match));
		return new SegmentForm(words, fields.getOrDefault("name", ""), known ? match.toLowerCase(Locale.ROOT) : "all",
				rows, fields.get("json"));
	}

	/** With one row more to fill in; the same where there can be none. */
	SegmentForm more() {
		List<Row> more = new ArrayList<>(this.rows);
		if (more.size() < Tree.MOST_CONDITIONS) {
			more.add(Row.EMPTY);
		}
		return new SegmentForm(this.words, this.name, this.match, more, this.json);
	}

	/** Without one of them; one that is left is emptied. */
	SegmentForm without(int row) {
		List<Row> fewer = new ArrayList<>(this.rows);
		if (row >= 0 && row < fewer.size()) {
			fewer.remove(row);
		}
		return new SegmentForm(this.words, this.name, this.match, fewer.isEmpty() ? List.of(Row.EMPTY) : fewer,
				this.json);
	}

	/** The same conditions as JSON. */
	SegmentForm asJson(Tree tree) {
		return new SegmentForm(this.words, this.name, this.match, List.of(), TreeJson.pretty(tree));
	}

	/**
	 * @param check throws a {@link TreeProblem} where the tree names what is not there
	 * @return empty when something is wrong with them
	 */
	Optional<Tree> tree(Consumer<Tree> check) {
		try {
			Tree tree = (this.json != null) ? TreeJson.read(this.json)
					: TreeJson.of(Map.of(this.match, this.rows.stream().map(Row::values).toList()));
			check.accept(tree);
			return Optional.of(tree);
		}
		catch (TreeProblem ex) {
			reject(ex);
			return Optional.empty();
		}
	}

	/** Each fault beside the field that it is of. */
	private void reject(TreeProblem problem) {
		if (this.json != null) {
			this.errors.put("json", this.words.say(problem));
			return;
		}
		for (TreeProblem.Fault fault : problem.faults()) {
			Matcher place = PLACE.matcher(fault.path());
			if (!place.matches()) {
				this.errors.putIfAbsent("rows", this.words.say(fault.sentence()));
			}
			else if (place.group(2).equals("field") || place.group(2).equals("test")) {
				this.errors.putIfAbsent("test." + place.group(1), this.words.say("segments.wrong.test"));
			}
			else {
				this.errors.putIfAbsent(place.group(2) + "." + place.group(1), said(fault.sentence()));
			}
		}
	}

	private String said(Sentence sentence) {
		return OF_JSON.contains(sentence.key())
				? this.words.say(sentence.key().replace("segment.", "segments.wrong."), sentence.values().toArray())
				: this.words.say(sentence);
	}

	void rejectName(Problem problem) {
		this.errors.put("name", this.words.say(problem));
	}

	/** So that it is told together with what is wrong below. */
	void checkName() {
		if (this.name.isBlank()) {
			this.errors.put("name", this.words.say("form.needed"));
		}
	}

	String name() {
		return this.name;
	}

	/** By the name of a field; "rows" of all together. */
	Map<String, String> errors() {
		return this.errors;
	}

	Map<String, Object> model() {
		Map<String, Object> model = new LinkedHashMap<>(Map.of("name", this.name, "match", this.match, "rows",
				this.rows, "errors", this.errors, "full", this.rows.size() >= Tree.MOST_CONDITIONS));
		if (this.json != null) {
			model.put("json", this.json);
		}
		return model;
	}

	/**
	 * One condition.
	 *
	 * @param test the name of a question; empty: none is chosen yet
	 * @param name of an attribute; passed over where the test is of none
	 */
	public record Row(String test, String name, String value) {

		static final Row EMPTY = new Row("", "", "");

		private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(?:[.][0-9]{1,20})?");

		private static final Pattern DAYS = Pattern.compile("[0-9]{1,9}");

		static Row of(Tree.Condition condition) {
			return new Row(condition.test().name(), condition.name(), String.join(", ", condition.values()));
		}

		/** What JSON would have; a value that is none stays a text, which is refused. */
		Map<String, Object> values() {
			Optional<Question> asked = Arrays.stream(Question.values())
				.filter((each) -> each.name().equals(this.test))
				.findFirst();
			Map<String, Object> values = new LinkedHashMap<>();
			values.put("field", asked.map((question) -> question.field().key()).orElse(""));
			values.put("test", asked.map(Question::key).orElse(""));
			asked.filter((question) -> question.field() == Question.Field.ATTRIBUTE)
				.ifPresent((question) -> values.put("name", this.name));
			asked.filter((question) -> question.value() != Question.Value.NOTHING)
				.ifPresent((question) -> values.put("value", value(question.value())));
			return values;
		}

		private Object value(Question.Value kind) {
			String typed = this.value.strip();
			return switch (kind) {
				case NOTHING, TEXT, DAY, SLUG -> typed;
				case NUMBER -> NUMBER.matcher(typed).matches() ? new BigDecimal(typed) : typed;
				case DAYS -> DAYS.matcher(typed).matches() ? Integer.valueOf(typed) : typed;
				case NAMES ->
					Arrays.stream(typed.split("[,，、]")).map(String::strip).filter((part) -> !part.isEmpty()).toList();
			};
		}

	}

}
