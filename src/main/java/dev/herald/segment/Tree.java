package dev.herald.segment;

import java.util.List;

/** Who is in a segment: conditions, and groups of them. Immutable. */
public sealed interface Tree {

	/** Groups within groups, the outermost counted. */
	int DEEPEST = 5;

	int MOST_CONDITIONS = 50;

	/**
	 * @param parts at least one
	 */
	record Group(Match match, List<Tree> parts) implements Tree {

		public Group {
			parts = List.copyOf(parts);
			if (parts.isEmpty()) {
				throw new IllegalArgumentException("A group without parts would be everybody, or nobody");
			}
		}

	}

	/** How many parts of a group have to hold. */
	enum Match {

		ALL, ANY, NONE

	}

	/**
	 * @param name of the attribute; empty where the test is of no attribute
	 * @param values as many as the test has: texts, a number, a day (ISO 8601), or a
	 * number of days
	 */
	record Condition(Question test, String name, List<String> values) implements Tree {

		public Condition {
			values = List.copyOf(values);
		}

		/** The only one. */
		public String value() {
			return this.values.get(0);
		}

	}

}
