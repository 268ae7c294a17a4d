package dev.herald.web;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import dev.herald.delivery.Send;

/**
 * A month of sends, in whole weeks from Monday to Sunday (ISO 8601). Public for the view.
 */
public record SendCalendar(YearMonth month, List<Week> weeks, boolean empty) {

	/**
	 * @param zone whose days they are
	 * @param sends of a span of time, its end exclusive
	 */
	static SendCalendar of(YearMonth month, LocalDate today, ZoneId zone,
			BiFunction<Instant, Instant, List<SendLine>> sends) {
		LocalDate first = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
		LocalDate end = month.atEndOfMonth().with(TemporalAdjusters.next(DayOfWeek.MONDAY));
		Map<LocalDate, List<Entry>> byDay = sends
			.apply(first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant())
			.stream()
			.map(Entry::of)
			.collect(Collectors.groupingBy((entry) -> LocalDate.ofInstant(entry.at(), zone)));
		List<Week> weeks = new ArrayList<>();
		for (LocalDate monday = first; monday.isBefore(end); monday = monday.plusWeeks(1)) {
			List<Day> days = new ArrayList<>();
			for (int i = 0; i < 7; i++) {
				LocalDate date = monday.plusDays(i);
				days.add(new Day(date, YearMonth.from(date).equals(month), date.equals(today),
						byDay.getOrDefault(date, List.of())));
			}
			weeks.add(new Week(days));
		}
		return new SendCalendar(month, weeks, byDay.isEmpty());
	}

	public YearMonth before() {
		return this.month.minusMonths(1);
	}

	public YearMonth after() {
		return this.month.plusMonths(1);
	}

	/** Seven days. Public for the view. */
	public record Week(List<Day> days) {
	}

	/**
	 * Public for the view.
	 *
	 * @param within whether it is of the month that is shown
	 */
	public record Day(LocalDate date, boolean within, boolean today, List<Entry> entries) {
	}

	/**
	 * Public for the view.
	 *
	 * @param at when it began, or is to begin
	 */
	public record Entry(Instant at, SendLine line) {

		static Entry of(SendLine line) {
			Send send = Objects.requireNonNull(line.send());
			Instant started = send.startedAt();
			return new Entry((started != null) ? started : send.dueAt(), line);
		}

	}

}
