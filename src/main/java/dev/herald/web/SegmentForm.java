package dev.herald.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.segment.Segment;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeJson;
import dev.herald.segment.TreeProblem;
import org.jspecify.annotations.Nullable;

/**
 * A segment as it is typed, in rows or as JSON, and what is wrong beside each field. For
 * one request.
 */
final class SegmentForm {

	/** Of a fault, as {@code all[2].none[0].value[1]}. */
	private static final Pattern FAULT = Pattern
		.compile("((?:(?:all|any|none)\\[\\d{1,4}]\\.)+)(field|test|name|value)(?:\\[\\d+])?");

	private static final Pattern ACT = Pattern.compile("(add|group|remove)((?:\\.\\d{1,2}){0," + Tree.DEEPEST + "})");

	/** Said of JSON, with its quotes; here in other words. */
	private static final Set<String> OF_JSON = Set.of("segment.text", "segment.number", "segment.day", "segment.days",
			"segment.names");

	private final Words words;

	private final String name;

	/** What was kept when the page was made; empty for a new segment. */
	private final String seen;

	private final SegmentPart.Group parts;

	private final @Nullable String json;

	private final Map<String, String> errors = new LinkedHashMap<>();

	private SegmentForm(Words words, String name, String seen, SegmentPart.Group parts, @Nullable String json) {
		this.words = words;
		this.name = name;
		this.seen = seen;
		this.parts = parts;
		this.json = json;
	}

	static SegmentForm empty(Words words) {
		return new SegmentForm(words, "", "", new SegmentPart.Group("all", List.of()), null);
	}

	static SegmentForm of(Segment segment, Words words) {
		return new SegmentForm(words, segment.name(), segment.state(),
				SegmentPart.Group.of((Tree.Group) segment.tree()), null);
	}

	static SegmentForm of(Map<String, String> fields, Words words) {
		return new SegmentForm(words, fields.getOrDefault("name", ""), fields.getOrDefault("seen", ""),
				new SegmentPart.Reader(fields).read(), fields.get("json"));
	}

	/**
	 * With a condition or a group more, or one less.
	 * @param act as {@code add}, {@code group.2} or {@code remove.2.0}
	 * @return empty where it is none of these
	 */
	Optional<SegmentForm> after(String act) {
		Matcher matcher = ACT.matcher(act);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		List<Integer> place = Arrays.stream(matcher.group(2).split("\\."))
			.filter((index) -> !index.isEmpty())
			.map(Integer::valueOf)
			.toList();
		return switch (matcher.group(1)) {
			case "add" -> Optional.of(more(place, (group) -> group.and(SegmentPart.Row.EMPTY)));
			case "group" ->
				Optional.of((place.size() + 1 < Tree.DEEPEST) ? more(place, SegmentPart.Group::andGroup) : this);
			default -> place.isEmpty() ? Optional.empty() : Optional.of(with(this.parts.without(place)));
		};
	}

	private SegmentForm more(List<Integer> place, UnaryOperator<SegmentPart.Group> change) {
		return isFull() ? this : with(this.parts.at(place, change));
	}

	private SegmentForm with(SegmentPart.Group changed) {
		return new SegmentForm(this.words, this.name, this.seen, changed, this.json);
	}

	private boolean isFull() {
		return this.parts.rows() >= Tree.MOST_CONDITIONS;
	}

	/** The same conditions as JSON. */
	SegmentForm asJson(Tree tree) {
		return new SegmentForm(this.words, this.name, this.seen, this.parts, TreeJson.pretty(tree));
	}

	SegmentForm asRows(Tree tree) {
		return new SegmentForm(this.words, this.name, this.seen, SegmentPart.Group.of((Tree.Group) tree), null);
	}

	/** As if it had been begun with what is kept now. */
	SegmentForm seeing(String state) {
		return new SegmentForm(this.words, this.name, state, this.parts, this.json);
	}

	/**
	 * @param check throws a {@link TreeProblem} where the tree names what is not there
	 * @return empty when something is wrong with them
	 */
	Optional<Tree> tree(Consumer<Tree> check) {
		try {
			Tree tree = (this.json != null) ? TreeJson.read(this.json) : TreeJson.of(this.parts.values());
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
			Matcher place = FAULT.matcher(fault.path());
			if (!place.matches()) {
				this.errors.putIfAbsent("rows", this.words.say(fault.sentence()));
				continue;
			}
			String row = place.group(1).replaceAll("[a-z]+\\[(\\d+)]\\.", ".$1");
			if (place.group(2).equals("field") || place.group(2).equals("test")) {
				this.errors.putIfAbsent("test" + row, this.words.say("segments.wrong.test"));
			}
			else {
				this.errors.putIfAbsent(place.group(2) + row, said(fault.sentence()));
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

	String seen() {
		return this.seen;
	}

	/** By the name of a field; "rows" of all together. */
	Map<String, String> errors() {
		return this.errors;
	}

	Map<String, Object> model() {
		Map<String, Object> model = new LinkedHashMap<>(Map.of("name", this.name, "seen", this.seen, "parts",
				this.parts, "errors", this.errors, "full", isFull(), "deepest", Tree.DEEPEST));
		if (this.json != null) {
			model.put("json", this.json);
		}
		return model;
	}

}
