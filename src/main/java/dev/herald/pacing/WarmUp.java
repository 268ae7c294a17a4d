package dev.herald.pacing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.springframework.format.annotation.DateTimeFormat;

/**
 * The daily ceilings of a new relay or sender domain, whose name receivers have yet to
 * learn. Immutable.
 *
 * @param name of the relay or sender domain
 * @param start day of the first ceiling; until then that one holds too
 * @param daily messages on the first day, the second, and so on; no ceiling after the
 * last
 */
public record WarmUp(@NotBlank String name, @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate start,
		@Size(min = 1, max = 366) List<@Min(1) @Max(10_000_000) Integer> daily) {

	/**
	 * @throws Problem when a key is absent
	 */
	public WarmUp {
		if (name == null || start == null || daily == null) {
			throw Problem.usage(Sentence.of("pacing.warm-up.lines"));
		}
		daily = List.copyOf(daily);
	}

	/**
	 * Spreads the recipients of a send over the days, at the same time of day each. The
	 * portions are in order of time: the first is for who comes first.
	 * @param recipients how many there are
	 * @param start when the send is planned to begin
	 * @param zone whose days and clock count. A time that a change of the clock skips is
	 * moved on by the hour that is skipped; of one that comes twice it is the first
	 * @param planned how many messages a day has already from other sends
	 * @return none for no recipients
	 */
	public List<Portion> spread(long recipients, Instant start, ZoneId zone, ToLongFunction<LocalDate> planned) {
		List<Portion> portions = new ArrayList<>();
		ZonedDateTime first = start.atZone(zone);
		long left = recipients;
		for (int day = 0; left > 0; day++) {
			LocalDate date = first.toLocalDate().plusDays(day);
			long count = Math.min(left, Math.max(0, ceiling(date) - planned.applyAsLong(date)));
			if (count > 0) {
				Instant due = (day == 0) ? start : date.atTime(first.toLocalTime()).atZone(zone).toInstant();
				portions.add(new Portion(count, due));
				left -= count;
			}
		}
		return portions;
	}

	/** Messages on a day; Long.MAX_VALUE after the last day of the plan. */
	public long ceiling(LocalDate date) {
		long day = Math.max(0, date.toEpochDay() - this.start.toEpochDay());
		return (day < this.daily.size()) ? this.daily.get((int) day) : Long.MAX_VALUE;
	}

	/**
	 * So many recipients are due at one time.
	 */
	public record Portion(long count, Instant dueAt) {
	}

}
