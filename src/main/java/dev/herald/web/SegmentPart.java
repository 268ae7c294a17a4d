package dev.herald.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import dev.herald.segment.Question;
import dev.herald.segment.Tree;

/**
 * What a segment is made of, as it is typed: rows of conditions, and groups of them.
 * Immutable.
 */
sealed interface SegmentPart {

	boolean isGroup();

	/** Rows in it. */
	int rows();

	/** What JSON would have. */
	Map<String, Object> values();

	static SegmentPart of(Tree tree) {
		return (tree instanceof Tree.Group group) ? Group.of(group) : Row.of((Tree.Condition) tree);
	}

	/**
	 * Conditions and groups.
	 *
	 * @param match how many of them have to hold: {@code all}, {@code any} or
	 * {@code none}
	 * @param parts at least one
	 */
	record Group(String match, List<SegmentPart> parts) implements SegmentPart {

		public Group {
			parts = parts.isEmpty() ? List.of(Row.EMPTY) : List.copyOf(parts);
		}

		static Group of(Tree.Group group) {
			return new Group(group.match().name().toLowerCase(Locale.ROOT),
					group.parts().stream().map(SegmentPart::of).toList());
		}

		@Override
		public boolean isGroup() {
			return true;
		}

		@Override
		public int rows() {
			return this.parts.stream().mapToInt(SegmentPart::rows).sum();
		}

		@Override
		public Map<String, Object> values() {
			return Map.of(this.match, this.parts.stream().map(SegmentPart::values).toList());
		}

		Group and(SegmentPart part) {
			List<SegmentPart> more = new ArrayList<>(this.parts);
			more.add(part);
			return new Group(this.match, more);
		}

		/** An inner group that would be the same as this one says nothing. */
		Group andGroup() {
			return and(new Group(this.match.equals("all") ? "any" : "all", List.of()));
		}

		private Group without(int index) {
			List<SegmentPart> fewer = new ArrayList<>(this.parts);
			if (index < fewer.size()) {
				fewer.remove(index);
			}
			return new Group(this.match, fewer);
		}

		/** Without the part at a place; the same where there is none. */
		Group without(List<Integer> place) {
			int last = place.size() - 1;
			return at(place.subList(0, last), (group) -> group.without(place.get(last)));
		}

		/**
		 * With a group in it changed.
		 * @param place the index in each group on the way; none: this one
		 * @return the same where there is no group at that place
		 */
		Group at(List<Integer> place, UnaryOperator<Group> change) {
			if (place.isEmpty()) {
				return change.apply(this);
			}
			int index = place.get(0);
			if (index >= this.parts.size() || !(this.parts.get(index) instanceof Group inner)) {
				return this;
			}
			List<SegmentPart> changed = new ArrayList<>(this.parts);
			changed.set(index, inner.at(place.subList(1, place.size()), change));
			return new Group(this.match, changed);
		}

	}

	/**
	 * One condition.
	 *
	 * @param test the name of a question; empty: none is chosen yet
	 * @param name of an attribute; passed over where the test is of none
	 */
	record Row(String test, String name, String value) implements SegmentPart {

		static final Row EMPTY = new Row("", "", "");

		private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(?:[.][0-9]{1,20})?");

		private static final Pattern DAYS = Pattern.compile("[0-9]{1,9}");

		static Row of(Tree.Condition condition) {
			return new Row(condition.test().name(), condition.name(), String.join(", ", condition.values()));
		}

		@Override
		public boolean isGroup() {
			return false;
		}

		@Override
		public int rows() {
			return 1;
		}

		/** A value that is none stays a text, which is refused. */
		@Override
		public Map<String, Object> values() {
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

	/**
	 * Reads the fields of a form. A part's place is in their names: {@code test.2} is the
	 * third condition, {@code test.2.0} the first one in the group that is third. For one
	 * form.
	 */
	final class Reader {

		private final Map<String, String> fields;

		private int left = Tree.MOST_CONDITIONS;

		Reader(Map<String, String> fields) {
			this.fields = fields;
		}

		Group read() {
			return group("", 1);
		}

		private Group group(String place, int depth) {
			List<SegmentPart> parts = new ArrayList<>();
			for (int i = 0; i < Tree.MOST_CONDITIONS && this.left > 0; i++) {
				String here = place + "." + i;
				if (this.fields.containsKey("test" + here)) {
					parts.add(row(here));
				}
				else if (depth < Tree.DEEPEST && this.fields.containsKey("match" + here)) {
					parts.add(group(here, depth + 1));
				}
			}
			if (parts.isEmpty()) {
				this.left--;
			}
			return new Group(match(field("match", place)), parts);
		}

		private Row row(String place) {
			this.left--;
			return new Row(field("test", place), field("name", place), field("value", place));
		}

		private String field(String name, String place) {
			return this.fields.getOrDefault(name + place, "");
		}

		private static String match(String typed) {
			return Arrays.stream(Tree.Match.values())
				.map((match) -> match.name().toLowerCase(Locale.ROOT))
				.filter((match) -> match.equalsIgnoreCase(typed))
				.findFirst()
				.orElse("all");
		}

	}

}
