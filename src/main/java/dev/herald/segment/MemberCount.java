package dev.herald.segment;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts members by bits: the subscriptions once, each set of subscribers once, each in
 * one pass over an index or a table and as a word for {@value #BLOCK} subscribers. What
 * is made of them is made here. Looked up for each subscription of a million, one set
 * took MariaDB up to 4 s of processor time. For one count, and one thread.
 */
final class MemberCount {

	/**
	 * Powers of two that a double adds up without loss are 53; H2 and MySQL share no
	 * other sum of bits.
	 */
	private static final int BLOCK = 50;

	private final TreeSql.Compiled compiled;

	private final Supplier<JdbcClient> jdbc;

	/** What is asked, by where its words stand in a row. */
	private final Map<Members, Integer> columns = new LinkedHashMap<>();

	/**
	 * By the first number of each block that has an active subscription; its words, those
	 * of the active ones first.
	 */
	private final Map<Integer, long[]> blocks = new HashMap<>();

	/**
	 * @param jdbc asked for anew for each statement
	 */
	MemberCount(TreeSql.Compiled compiled, Supplier<JdbcClient> jdbc) {
		this.compiled = compiled;
		this.jdbc = jdbc;
		compiled.members().forEach((asked) -> this.columns.putIfAbsent(asked, this.columns.size() + 1));
	}

	int of(int newsletterId) {
		readSubscriptions(newsletterId);
		this.columns.keySet()
			.stream()
			.filter(Members.Among.class::isInstance)
			.forEach((asked) -> readSet((Members.Among) asked));
		int count = 0;
		for (long[] words : this.blocks.values()) {
			long members = this.compiled.members()
				.of((asked) -> words[Objects.requireNonNull(this.columns.get(asked))]);
			count += Long.bitCount(members & words[0]);
		}
		return count;
	}

	private void readSubscriptions(int newsletterId) {
		List<Members> conditions = this.columns.keySet().stream().filter(Members.Having.class::isInstance).toList();
		String words = conditions.stream()
			.map((condition) -> ", SUM(CASE WHEN %s THEN %s ELSE 0 END)".formatted(condition.sql(),
					bit("p.subscriber_id")))
			.collect(Collectors.joining());
		this.jdbc.get()
			.sql("SELECT %s, SUM(%s)%s FROM subscription p WHERE p.newsletter_id = :newsletter AND p.state = 'ACTIVE' GROUP BY %1$s"
				.formatted(block("p.subscriber_id"), bit("p.subscriber_id"), words))
			.param("newsletter", newsletterId)
			.params(this.compiled.values())
			.query((row) -> {
				long[] read = new long[this.columns.size() + 1];
				read[0] = (long) row.getDouble(2);
				for (int i = 0; i < conditions.size(); i++) {
					read[Objects.requireNonNull(this.columns.get(conditions.get(i)))] = (long) row.getDouble(i + 3);
				}
				this.blocks.put(row.getInt(1), read);
			});
	}

	private void readSet(Members.Among set) {
		int column = Objects.requireNonNull(this.columns.get(set));
		this.jdbc.get()
			.sql("SELECT %s, SUM(%s) FROM %s WHERE %s GROUP BY %1$s".formatted(block(set.id()), bit(set.id()),
					set.from(), set.condition()))
			.params(this.compiled.values())
			.query((row) -> {
				long[] words = this.blocks.get(row.getInt(1));
				if (words != null) {
					words[column] = (long) row.getDouble(2);
				}
			});
	}

	private static String block(String id) {
		return id + " - MOD(" + id + ", " + BLOCK + ")";
	}

	private static String bit(String id) {
		return "POWER(2, MOD(" + id + ", " + BLOCK + "))";
	}

}
