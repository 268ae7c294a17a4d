package dev.herald.report;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How a newsletter's list grows and shrinks. Thread-safe. */
@Component
public class Trends {

	private final JdbcClient jdbc;

	private final Clock clock;

	Trends(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * The last weeks, from Monday to Sunday in UTC, oldest first; the one that is under
	 * way is the last.
	 */
	public List<Week> weeks(int newsletterId, int number) {
		LocalDate last = monday(LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC));
		LocalDate first = last.minusWeeks(number - 1L);
		int active = activeBefore(newsletterId, first);
		Map<LocalDate, int[]> changes = changes(newsletterId, first);
		List<Week> weeks = new ArrayList<>();
		for (LocalDate monday = first; !monday.isAfter(last); monday = monday.plusWeeks(1)) {
			int[] change = changes.getOrDefault(monday, new int[2]);
			weeks.add(new Week(monday, active, change[0], change[1]));
			active += change[0] - change[1];
		}
		return weeks;
	}

	/** The days add up to who is active now: each consent is in one of them. */
	private int activeBefore(int newsletterId, LocalDate day) {
		return this.jdbc.sql("""
				SELECT COALESCE(SUM(joined - departed), 0) FROM subscription_day
				WHERE newsletter_id = :newsletter AND happened_on < :day
				""").param("newsletter", newsletterId).param("day", day).query(Integer.class).single();
	}

	private Map<LocalDate, int[]> changes(int newsletterId, LocalDate since) {
		Map<LocalDate, int[]> changes = new TreeMap<>();
		this.jdbc.sql("""
				SELECT happened_on, joined, departed FROM subscription_day
				WHERE newsletter_id = :newsletter AND happened_on >= :since
				""").param("newsletter", newsletterId).param("since", since).query((row) -> {
			int[] change = changes.computeIfAbsent(monday(row.getObject("happened_on", LocalDate.class)),
					(week) -> new int[2]);
			change[0] += row.getInt("joined");
			change[1] += row.getInt("departed");
		});
		return changes;
	}

	private static LocalDate monday(LocalDate day) {
		return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
	}

	/**
	 * @param active subscriptions as the week began
	 * @param joined became active in it, whether anew or again
	 * @param left ceased to be active
	 */
	public record Week(LocalDate monday, int active, int joined, int left) {

		public int net() {
			return this.joined - this.left;
		}

		/**
		 * Who left, in per cent of those active as the week began; 0 where nobody was.
		 */
		public double churn() {
			return (this.active == 0) ? 0 : this.left * 100.0 / this.active;
		}

	}

}
