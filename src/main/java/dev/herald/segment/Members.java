package dev.herald.segment;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Who is in a segment, in terms that a database answers: conditions of subscriptions,
 * sets of subscribers, and what is made of both. None is ever unknown, so that the
 * opposite holds for everybody else. Immutable.
 */
sealed interface Members {

	/** A condition of SQL over {@code subscription p}, never NULL. */
	String sql();

	/** What is asked of the database, each as often as it stands there. */
	void forEach(Consumer<Members> asked);

	/**
	 * Of 64 subscribers at once, a bit each.
	 * @param bits of what was asked
	 */
	long of(ToLongFunction<Members> bits);

	/**
	 * @param sql over {@code subscription p}, never NULL
	 */
	record Having(String sql) implements Members {

		@Override
		public void forEach(Consumer<Members> asked) {
			asked.accept(this);
		}

		@Override
		public long of(ToLongFunction<Members> bits) {
			return bits.applyAsLong(this);
		}

	}

	/**
	 * A set that does not depend on the subscription.
	 *
	 * @param from the table, with its alias
	 * @param id its subscribers, each at most once
	 * @param condition on the table's rows
	 */
	record Among(String from, String id, String condition) implements Members {

		@Override
		public String sql() {
			return "EXISTS (SELECT 1 FROM " + this.from + " WHERE " + this.id + " = p.subscriber_id AND "
					+ this.condition + ")";
		}

		@Override
		public void forEach(Consumer<Members> asked) {
			asked.accept(this);
		}

		@Override
		public long of(ToLongFunction<Members> bits) {
			return bits.applyAsLong(this);
		}

	}

	record Not(Members others) implements Members {

		@Override
		public String sql() {
			return "(NOT " + this.others.sql() + ")";
		}

		@Override
		public void forEach(Consumer<Members> asked) {
			this.others.forEach(asked);
		}

		@Override
		public long of(ToLongFunction<Members> bits) {
			return ~this.others.of(bits);
		}

	}

	/**
	 * @param all who is in each of them; else in any
	 * @param parts at least one
	 */
	record Joined(boolean all, List<Members> parts) implements Members {

		@Override
		public String sql() {
			return this.parts.stream()
				.map(Members::sql)
				.collect(Collectors.joining(this.all ? " AND " : " OR ", "(", ")"));
		}

		@Override
		public void forEach(Consumer<Members> asked) {
			this.parts.forEach((part) -> part.forEach(asked));
		}

		@Override
		public long of(ToLongFunction<Members> bits) {
			return this.parts.stream()
				.mapToLong((part) -> part.of(bits))
				.reduce((one, other) -> this.all ? one & other : one | other)
				.orElseThrow();
		}

	}

}
