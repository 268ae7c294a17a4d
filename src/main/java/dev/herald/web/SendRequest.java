package dev.herald.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import dev.herald.problem.Problem;

/**
 * When a send is asked for: now, or at the instants that the given date, time and zone
 * may mean.
 *
 * @param choices one, or two where the clocks are put back over that time
 */
record SendRequest(boolean now, List<Choice> choices, ZoneId zone) {

	/** Further off is more likely a slip of the year than a plan. */
	private static final Duration FURTHEST = Duration.ofDays(366);

	/**
	 * @throws Problem saying which of the fields is wrong and why
	 */
	static SendRequest parse(Map<String, String> fields, Instant clock, Words words) {
		if (!"at".equals(fields.get("when"))) {
			return new SendRequest(true, List.of(new Choice(clock, "")), Zones.ofReader());
		}
		ZoneId zone = zone(fields.getOrDefault("zone", ""), words);
		LocalDate date = date(fields.getOrDefault("date", ""), words);
		LocalTime time = time(fields.getOrDefault("time", ""), words);
		DueTime due = DueTime.of(date.atTime(time), zone);
		if (due instanceof DueTime.Never never) {
			throw Problem.usage(words.say("send.gap", time.toString(), zone.getId(),
					never.transition().getDateTimeBefore().toLocalTime().toString(),
					never.transition().getDateTimeAfter().toLocalTime().toString()));
		}
		List<Choice> choices = (due instanceof DueTime.Twice twice)
				? List.of(new Choice(twice.first(), "UTC" + twice.firstOffset()),
						new Choice(twice.second(), "UTC" + twice.secondOffset()))
				: List.of(new Choice(((DueTime.Once) due).instant(), ""));
		Instant last = choices.get(choices.size() - 1).instant();
		if (last.isBefore(clock)) {
			throw Problem.usage(words.say("send.past", words.at(last, zone)));
		}
		if (last.isAfter(clock.plus(FURTHEST))) {
			throw Problem.usage(words.say("send.far"));
		}
		return new SendRequest(false, choices, zone);
	}

	static ZoneId zone(String text, Words words) {
		if (!ZoneId.getAvailableZoneIds().contains(text.strip())) {
			throw Problem.usage(words.say("send.zone"));
		}
		return ZoneId.of(text.strip());
	}

	private static LocalDate date(String text, Words words) {
		try {
			return LocalDate.parse(text.strip());
		}
		catch (DateTimeException ex) {
			throw new Problem(Problem.Kind.USAGE, words.say("send.date"), ex);
		}
	}

	private static LocalTime time(String text, Words words) {
		try {
			return LocalTime.parse(text.strip());
		}
		catch (DateTimeException ex) {
			throw new Problem(Problem.Kind.USAGE, words.say("send.time"), ex);
		}
	}

	/**
	 * @param offset tells two choices apart; empty where there is one
	 */
	public record Choice(Instant instant, String offset) {
	}

}
