package dev.herald.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.herald.problem.Problem;

/**
 * When a send is asked for: now, or at the instants that the given date, time and zone
 * may mean. Public for the views.
 *
 * @param choices the one that is taken first (RFC 5545 section 3.3.5), and another where
 * the clocks are put back or forward over that time
 * @param explanation why there are two; empty where there is one
 * @param localAt where each reader gets it at that time of their own clock; then there is
 * one choice, which is that of the given zone
 */
public record SendRequest(boolean now, List<Choice> choices, ZoneId zone, String explanation,
		@Nullable LocalDateTime localAt) {

	/** Further off is more likely a slip of the year than a plan. */
	private static final Duration FURTHEST = Duration.ofDays(366);

	/**
	 * @throws Problem saying which of the fields is wrong and why
	 */
	static SendRequest parse(Map<String, String> fields, Instant clock, Words words) {
		if (!"at".equals(fields.get("when"))) {
			return new SendRequest(true, List.of(new Choice(clock, "")), Zones.ofReader(), "", null);
		}
		ZoneId zone = zone(fields.getOrDefault("zone", ""), words);
		LocalDate date = date(fields.getOrDefault("date", ""), words);
		LocalTime time = time(fields.getOrDefault("time", ""), words);
		SendRequest request = fields.containsKey("local") ? local(date.atTime(time), zone)
				: of(date.atTime(time), zone, words);
		Instant last = request.choices.get(request.choices.size() - 1).instant();
		if (last.isBefore(clock)) {
			throw Problem.usage(words.say("send.past", words.at(last, zone)));
		}
		if (last.isAfter(clock.plus(FURTHEST))) {
			throw Problem.usage(words.say("send.far"));
		}
		return request;
	}

	private static SendRequest local(LocalDateTime local, ZoneId zone) {
		return new SendRequest(false, List.of(new Choice(local.atZone(zone).toInstant(), "")), zone, "", local);
	}

	private static SendRequest of(LocalDateTime local, ZoneId zone, Words words) {
		DueTime due = DueTime.of(local, zone);
		if (due instanceof DueTime.Never never) {
			return new SendRequest(false, around(local, never.transition()), zone,
					words.say("send.gap", local.toLocalTime().toString(), zone.getId(),
							never.transition().getDateTimeBefore().toLocalTime().toString(),
							never.transition().getDateTimeAfter().toLocalTime().toString()),
					null);
		}
		if (due instanceof DueTime.Twice twice) {
			return new SendRequest(false,
					List.of(new Choice(twice.first(), "UTC" + twice.firstOffset()),
							new Choice(twice.second(), "UTC" + twice.secondOffset())),
					zone, words.say("send.twice", local.toLocalTime().toString(), zone.getId()), null);
		}
		return new SendRequest(false, List.of(new Choice(((DueTime.Once) due).instant(), "")), zone, "", null);
	}

	/**
	 * By the clock as it was before the change; and the moment of the change, where that
	 * is another one.
	 */
	private static List<Choice> around(LocalDateTime local, ZoneOffsetTransition transition) {
		Choice change = new Choice(transition.getInstant(), "");
		Choice taken = new Choice(local.toInstant(transition.getOffsetBefore()), "");
		return taken.equals(change) ? List.of(taken) : List.of(taken, change);
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
